namespace Picket.Chat;

/// <summary>How a <see cref="ModerationGuard"/> calls its server.</summary>
public sealed class ModerationGuardOptions : RemoteOptions
{
    /// <summary>The defaults.</summary>
    public ModerationGuardOptions()
    {
    }

    /// <summary>Calls the server as <paramref name="transport"/> says.</summary>
    public ModerationGuardOptions(RemoteOptions transport)
        : base(transport)
    {
    }
}
