using Picket.Chat;
using Picket.Training.Augmentation;

namespace Picket.Cli;

/// <summary>The models of <c>picket augment</c> behind their servers.</summary>
internal static class AugmentModelSource
{
    /// <summary>An <see cref="AugmentModelFactory"/>. Where the style is to be found out, the generator's server is asked harmless things.</summary>
    public static async Task<AugmentationModels> FindAsync(AugmentSettings settings, CancellationToken cancellationToken)
    {
        // What can be told at once is told before a server is asked.
        AugmentationModel? refuser = Plain("--refuser", settings.Refuser, settings);
        AugmentationModel? complier = Plain("--complier", settings.Complier, settings);
        return new AugmentationModels
        {
            Generator = settings.Generator is null
                ? null
                : new AugmentationModel(await GeneratorAsync(settings.Generator, settings, cancellationToken), settings.Generator.Prices),
            Refuser = refuser,
            Complier = complier,
        };
    }

    /// <summary>A model that is asked as a user asks, with so many requests under way at a time.</summary>
    public static ChatGenerator Chat(string option, ModelSettings model, int concurrency) =>
        Plain(option, model, new GeneratorOptions { Model = model.Model, ApiKey = RemoteKey.Read(model.KeyVariable), MaxConcurrency = concurrency });

    // No turn of theirs is begun for them, so the style is all the same.
    private static AugmentationModel? Plain(string option, ModelSettings? model, AugmentSettings settings) => model is null
        ? null
        : new AugmentationModel(Plain(option, model, Options(model, settings)), model.Prices);

    private static ChatGenerator Plain(string option, ModelSettings model, GeneratorOptions options) =>
        new(Address(option, model), RemoteClient.Shared, PrefixStyle.TrailingMessage, options);

    private static async Task<IGenerator> GeneratorAsync(ModelSettings model, AugmentSettings settings, CancellationToken cancellationToken)
    {
        Uri address = Address("--generator", model);
        GeneratorOptions options = Options(model, settings);
        ChatTemplate? template = settings.Template is { } name ? ChatTemplates.Find(name) : null;
        PrefixStyle? style = settings.Style
            ?? (settings.Augmentation.Variant == PromptVariant.PrefixAttack ? null : PrefixStyle.TrailingMessage);
        return style switch
        {
            null => await RemoteGenerators.FindAsync(address, RemoteClient.Shared, options, template, cancellationToken: cancellationToken),
            PrefixStyle.RenderedTemplate => new CompletionGenerator(address, RemoteClient.Shared, template!, options),
            { } chat => new ChatGenerator(address, RemoteClient.Shared, chat, options),
        };
    }

    private static Uri Address(string option, ModelSettings model) => Uri.TryCreate(model.Address, UriKind.Absolute, out Uri? address)
        ? address
        : throw new PicketException($"{option}: expected the address of a server, found one that is none");

    private static GeneratorOptions Options(ModelSettings model, AugmentSettings settings) => new()
    {
        Model = model.Model,
        ApiKey = RemoteKey.Read(model.KeyVariable),
        MaxConcurrency = settings.Augmentation.Concurrency,
        MaxRetries = settings.Retries,
        RequestTimeout = settings.Timeout,
    };
}
