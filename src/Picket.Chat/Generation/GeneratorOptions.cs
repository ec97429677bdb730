namespace Picket.Chat;

/// <summary>How a generator calls its server.</summary>
public sealed class GeneratorOptions : RemoteOptions
{
    /// <summary>The defaults.</summary>
    public GeneratorOptions()
    {
    }

    /// <summary>Calls the server as <paramref name="transport"/> says.</summary>
    public GeneratorOptions(RemoteOptions transport)
        : base(transport)
    {
    }

    /// <summary>
    /// A rendered prompt has the begin-of-text token in it, and <c>"add_special_tokens": false</c> is sent. <see langword="false"/> (the
    /// default) leaves the token to the server: vLLM, SGLang, TGI and llama.cpp put it before every prompt, and two of them harm the model.
    /// </summary>
    public bool WritesBeginToken { get; init; }
}
