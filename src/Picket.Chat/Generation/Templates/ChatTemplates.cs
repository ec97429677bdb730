namespace Picket.Chat;

/// <summary>The built-in chat templates, as the models' publishers have them in <c>tokenizer_config.json</c>.</summary>
public static class ChatTemplates
{
    /// <summary>Gemma 1, 1.1 and 2 (<c>google/gemma-1.1-2b-it</c>): no system turn.</summary>
    public static ChatTemplate Gemma { get; } = new()
    {
        Name = "gemma",
        Begin = "<bos>",
        User = "<start_of_turn>user\n{text}<end_of_turn>\n",
        Assistant = "<start_of_turn>model\n{text}<end_of_turn>\n",
        Open = "<start_of_turn>model\n",
        Trim = true,
        Stop = ["<end_of_turn>"],
    };

    /// <summary>Llama 3 (<c>meta-llama/Meta-Llama-3-8B-Instruct</c>).</summary>
    /// <remarks>Later Llamas add a date line of their own; use their server's template.</remarks>
    public static ChatTemplate Llama3 { get; } = new()
    {
        Name = "llama-3",
        Begin = "<|begin_of_text|>",
        System = "<|start_header_id|>system<|end_header_id|>\n\n{text}<|eot_id|>",
        User = "<|start_header_id|>user<|end_header_id|>\n\n{text}<|eot_id|>",
        Assistant = "<|start_header_id|>assistant<|end_header_id|>\n\n{text}<|eot_id|>",
        Open = "<|start_header_id|>assistant<|end_header_id|>\n\n",
        Trim = true,
        Stop = ["<|eot_id|>"],
    };

    /// <summary>Llama 2 (<c>meta-llama/Llama-2-7b-chat-hf</c>): the system turn stands in the first user turn; each exchange begins anew.</summary>
    public static ChatTemplate Llama2 { get; } = new()
    {
        Name = "llama-2",
        Begin = "<s>",
        SystemInUser = "<<SYS>>\n{system}\n<</SYS>>\n\n{text}",
        User = "[INST] {text} [/INST]",
        Assistant = " {text} </s><s>",
        Trim = true,
        Stop = ["</s>"],
    };

    /// <summary>ChatML: Qwen, Yi, Hermes and many more. No system turn of its own is added.</summary>
    public static ChatTemplate ChatMl { get; } = new()
    {
        Name = "chatml",
        System = "<|im_start|>system\n{text}<|im_end|>\n",
        User = "<|im_start|>user\n{text}<|im_end|>\n",
        Assistant = "<|im_start|>assistant\n{text}<|im_end|>\n",
        Open = "<|im_start|>assistant\n",
        Stop = ["<|im_end|>"],
    };

    /// <summary>Mistral 7B Instruct 0.2 and Mixtral (<c>mistralai/Mistral-7B-Instruct-v0.2</c>): no system turn.</summary>
    public static ChatTemplate Mistral { get; } = new()
    {
        Name = "mistral",
        Begin = "<s>",
        User = "[INST] {text} [/INST]",
        Assistant = "{text}</s>",
        Stop = ["</s>"],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ChatTemplate> All { get; } = [Gemma, Llama3, Llama2, ChatMl, Mistral];

    /// <summary>The template that a configuration names: one of the built-in ones, or a file (<see cref="ChatTemplateFile"/>).</summary>
    /// <exception cref="PicketException">There is neither a template nor a file of that name, or the file is bad.</exception>
    public static ChatTemplate Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(template => template.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (File.Exists(name)
                ? ChatTemplateFile.Read(name)
                : throw new PicketException(
                    $"chat template: expected {string.Join(", ", All.Select(static known => known.Name))} or a file; found neither in '{name}'"));
    }
}
