namespace Picket.Cli;

/// <summary>Finds the setting that somebody meant: misspelt, in the wrong section, or called as other trainers call it.</summary>
internal static class SettingNames
{
    /// <summary>Names of Hugging Face's trainer and tokenizers for settings that Picket calls something else.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["lr"] = "learning_rate",
        ["num_train_epochs"] = "epochs",
        ["max_steps"] = "steps",
        ["num_warmup_steps"] = "warmup_steps",
        ["train_batch_size"] = "batch_size",
        ["per_device_train_batch_size"] = "chunk_size",
        ["max_grad_norm"] = "max_gradient_norm",
        ["adam_beta1"] = "beta1",
        ["adam_beta2"] = "beta2",
        ["adam_epsilon"] = "epsilon",
        ["eval_steps"] = "evaluate_every",
        ["save_steps"] = "checkpoint_every",
        ["gradient_checkpointing"] = "checkpointing",
        ["max_length"] = "max_tokens",
        ["model_name_or_path"] = "from",
        ["tokenizer_name"] = "tokenizer",
        ["hidden_dropout_prob"] = "hidden_dropout",
        ["attention_probs_dropout_prob"] = "attention_dropout",
        ["mlm_probability"] = "masked_share",
        ["metric_for_best_model"] = "keep_best",
    };

    /// <summary>The known key that <paramref name="key"/> may stand for, or <see langword="null"/>.</summary>
    public static string? Unknown(string key, IReadOnlyList<string> known)
    {
        string name = Last(key);
        string meant = Elsewhere.GetValueOrDefault(name, name);
        return known.FirstOrDefault(candidate => Last(candidate) == meant)
            ?? (Spelling.Nearest(meant, known.Select(Last)) is { } near ? known.First(candidate => Last(candidate) == near) : null);
    }

    private static string Last(string key) => key[(key.LastIndexOf('.') + 1)..];
}
