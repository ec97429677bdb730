namespace Picket.Chat;

/// <summary>Keys of servers. They come from the environment alone: an argument or a file of settings is seen by others.</summary>
public static class RemoteKey
{
    internal const string Fault = "API key: expected visible ASCII characters without spaces, found others";

    /// <summary>The key in an environment variable, without the white space around it.</summary>
    /// <returns><see langword="null"/> when the variable is not set or empty.</returns>
    /// <exception cref="PicketException">It is no key; the message names the variable and not the key.</exception>
    public static string? Read(string variable)
    {
        string? key = Environment.GetEnvironmentVariable(variable)?.Trim();
        return string.IsNullOrEmpty(key) ? null : IsValid(key) ? key : throw new PicketException($"{variable}: {Fault}");
    }

    internal static bool IsValid(string key) => key.Length > 0 && key.All(static c => c is > ' ' and < (char)127);
}
