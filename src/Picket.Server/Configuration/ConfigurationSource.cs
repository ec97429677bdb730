using System.Security.Cryptography;
using Microsoft.Extensions.Configuration.Memory;

namespace Picket.Server;

/// <summary>Where the configuration comes from: a JSON file, over it the environment, over that the command line's words.</summary>
/// <param name="file">Must exist; <see langword="null"/> for <c>appsettings.json</c> in the working folder, if there is one.</param>
/// <param name="words">Keys and values that go before all others.</param>
internal sealed class ConfigurationSource(string? file, IEnumerable<KeyValuePair<string, string?>> words)
{
    private const string DefaultFile = "appsettings.json";
    private readonly KeyValuePair<string, string?>[] _words = [.. words];

    public string FilePath { get; } = Path.GetFullPath(file ?? DefaultFile);

    /// <summary>The configuration as it stands now.</summary>
    /// <exception cref="PicketException">The file is absent or no JSON.</exception>
    public IConfigurationRoot Read()
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(FilePath, optional: file is null, reloadOnChange: false)
                .AddEnvironmentVariables("ASPNETCORE_")
                .AddEnvironmentVariables()
                .Add(new MemoryConfigurationSource { InitialData = _words })
                .Build();
        }
        catch (FileNotFoundException)
        {
            throw new PicketException($"{FilePath}: expected a configuration file, found none");
        }
        catch (InvalidDataException fault)
        {
            string where = Reason(fault) is System.Text.Json.JsonException { LineNumber: { } line } ? $", line {line + 1}" : "";
            throw new PicketException($"{FilePath}{where}: expected JSON with an object of settings, found other text");
        }
    }

    /// <summary>Tells one content of the file from another; <see langword="null"/> where there is no file to be read.</summary>
    public string? Fingerprint()
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(FilePath)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Exception Reason(Exception fault) => fault.InnerException is { } inner ? Reason(inner) : fault;
}
