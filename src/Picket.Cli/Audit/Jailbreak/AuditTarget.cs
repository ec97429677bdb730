using Picket.Chat;

namespace Picket.Cli;

/// <summary>The model of <c>picket audit jailbreak</c> behind its server.</summary>
internal static class AuditTarget
{
    /// <summary>An <see cref="AuditTargetFactory"/>. No turn of its is begun for it, so the prefix style is all the same.</summary>
    public static IGenerator Create(AuditJailbreakSettings settings)
    {
        ModelSettings model = settings.Target!;
        return Uri.TryCreate(model.Address, UriKind.Absolute, out Uri? address)
            ? new ChatGenerator(address, RemoteClient.Shared, PrefixStyle.TrailingMessage, new GeneratorOptions
            {
                Model = model.Model,
                ApiKey = RemoteKey.Read(model.KeyVariable),
                MaxConcurrency = settings.Audit.Concurrency,
                MaxRetries = settings.Retries,
                RequestTimeout = settings.Timeout,
            })
            : throw new PicketException("--target: expected the address of a server, found one that is none");
    }
}
