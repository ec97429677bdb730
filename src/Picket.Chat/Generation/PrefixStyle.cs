namespace Picket.Chat;

/// <summary>How a server is asked to go on with an assistant turn that the request begins.</summary>
/// <remarks>
/// Servers ignore fields that they do not know: one that does not honour a style answers as if it was asked anew. <see cref="PrefixProbe"/>
/// finds out.
/// </remarks>
public enum PrefixStyle
{
    /// <summary>A last assistant message with <c>"continue_final_message": true, "add_generation_prompt": false</c>: vLLM, SGLang, TGI.</summary>
    ContinueFinalMessage,

    /// <summary>A last assistant message that has <c>"prefix": true</c>: DeepSeek, Mistral.</summary>
    PrefixField,

    /// <summary>A last assistant message and nothing else: the llama.cpp server, and any <c>IChatClient</c> whose service goes on with one.</summary>
    TrailingMessage,

    /// <summary>
    /// Plain completions of a prompt that is rendered here by a <see cref="ChatTemplate"/>: every server with <c>/v1/completions</c>.
    /// </summary>
    RenderedTemplate,
}
