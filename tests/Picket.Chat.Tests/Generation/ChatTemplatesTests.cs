namespace Picket.Chat.Tests;

/// <summary>The expected texts are the published Jinja templates, rendered by hand; the template each test follows is quoted above it.</summary>
public sealed class ChatTemplatesTests
{
    private static readonly ChatTurn[] One = [new(ChatSpeaker.User, " Hi ")];

    private static readonly ChatTurn[] Three =
        [new(ChatSpeaker.User, "A"), new(ChatSpeaker.Assistant, " B "), new(ChatSpeaker.User, "C")];

    private static readonly ChatTurn[] WithSystem = [new(ChatSpeaker.System, "S"), .. Three];

    // google/gemma-1.1-2b-it: {{ bos_token }} ... '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' ...
    // {% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}
    [Fact]
    public void Gemma_Turns_AreThePublishedFormat()
    {
        Assert.Equal("<bos><start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n", ChatTemplates.Gemma.Render(One));
        Assert.Equal(
            "<bos><start_of_turn>user\nA<end_of_turn>\n<start_of_turn>model\nB<end_of_turn>\n<start_of_turn>user\nC<end_of_turn>\n"
            + "<start_of_turn>model\nI have an idea for a prompt:",
            ChatTemplates.Gemma.Render(Three, "I have an idea for a prompt:"));
    }

    // meta-llama/Meta-Llama-3-8B-Instruct: '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] | trim
    // + '<|eot_id|>', bos_token before the first; then '<|start_header_id|>assistant<|end_header_id|>\n\n'
    [Fact]
    public void Llama3_Turns_AreThePublishedFormat() => Assert.Equal(
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nA<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n\nB<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nC<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n\n",
        ChatTemplates.Llama3.Render(WithSystem));

    // meta-llama/Llama-2-7b-chat-hf: '<<SYS>>\n' + system_message + '\n<</SYS>>\n\n' + content in the first user turn; user:
    // bos_token + '[INST] ' + content.strip() + ' [/INST]'; assistant: ' ' + content.strip() + ' ' + eos_token
    [Fact]
    public void Llama2_Turns_AreThePublishedFormat()
    {
        const string Exchange = "<s>[INST] <<SYS>>\nS\n<</SYS>>\n\nA [/INST] B </s><s>[INST] C [/INST]";

        Assert.Equal(Exchange, ChatTemplates.Llama2.Render(WithSystem));
        Assert.Equal(Exchange + " Sure", ChatTemplates.Llama2.Render(WithSystem, "Sure"));
    }

    // ChatML: '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'; then '<|im_start|>assistant\n'; nothing trimmed
    [Fact]
    public void ChatMl_Turns_AreThePublishedFormat() => Assert.Equal(
        "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nA<|im_end|>\n<|im_start|>assistant\n B <|im_end|>\n<|im_start|>user\nC<|im_end|>\n"
        + "<|im_start|>assistant\nSure",
        ChatTemplates.ChatMl.Render(WithSystem, "Sure"));

    // mistralai/Mistral-7B-Instruct-v0.2: bos_token; user: '[INST] ' + message['content'] + ' [/INST]'; assistant: message['content'] + eos_token
    [Fact]
    public void Mistral_Turns_AreThePublishedFormat()
    {
        Assert.Equal("<s>[INST] A [/INST] B </s>[INST] C [/INST]", ChatTemplates.Mistral.Render(Three));
        Assert.Equal("[INST]  Hi  [/INST]Sure", ChatTemplates.Mistral.Render(One, "Sure", writesBegin: false));
    }

    [Fact]
    public void Render_TextWithAMark_StaysAsItIs() =>
        Assert.Contains("[INST] <<SYS>>\n{text}\n<</SYS>>\n\n{system} {text} [/INST]", ChatTemplates.Llama2.Render(
            [new(ChatSpeaker.System, "{text}"), new(ChatSpeaker.User, "{system} {text}")]), StringComparison.Ordinal);

    [Fact]
    public void Render_SystemTurnWithoutAPlace_IsRefusedWithoutItsText()
    {
        string message = Assert.Throws<PicketException>(() => ChatTemplates.Gemma.Render(WithSystem)).Message;

        Assert.Equal("chat template gemma: expected no system turn, which the format does not have; found one", message);
    }

    [Fact]
    public void Render_OtherOrder_IsRefusedWithTheOrder()
    {
        string message = Assert.Throws<PicketException>(() => ChatTemplates.ChatMl.Render(Three[..2])).Message;

        Assert.EndsWith("expected user and assistant in turn, the user first and last; found User, Assistant", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemma")]
    [InlineData("Llama-3")]
    [InlineData("llama-2")]
    [InlineData("chatml")]
    [InlineData("mistral")]
    public void Find_BuiltInName_GivesIt(string name) => Assert.Equal(name, ChatTemplates.Find(name).Name, ignoreCase: true);

    [Fact]
    public void Find_OtherName_NamesTheKnownOnes() => Assert.Equal(
        "chat template: expected gemma, llama-3, llama-2, chatml, mistral or a file; found neither in 'nowhere'",
        Assert.Throws<PicketException>(() => ChatTemplates.Find("nowhere")).Message);
}
