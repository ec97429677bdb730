using System.CommandLine;

namespace Picket.Ablation;

/// <summary>The words of the command line.</summary>
internal static class AblationWords
{
    private static readonly AblationSettings s_defaults = new();

    private static readonly Option<string> s_shared =
        Word("--shared", "DIR", "The shared folder, with data/dev and data/dev-eval.", s_defaults.Shared);

    private static readonly Option<string> s_work = Word("--work", "DIR", "Holds all that is made; the same command goes on there.", s_defaults.Work);
    private static readonly Option<string?> s_teacher = Word<string?>("--teacher", "DIR", "The teacher's bundle; the embedded guard without.", null);
    private static readonly Option<string?> s_student =
        Word<string?>("--student", "DIR", "A pre-trained encoder's folder; the n-gram student alone without.", null);

    private static readonly Option<int> s_seedRows = Word("--seed-rows", "N", "Rows that every arm begins with.", s_defaults.SeedRows);
    private static readonly Option<int> s_added = Word("--added", "N", "Rows that either augmentation adds.", s_defaults.Added);
    private static readonly Option<int[]> s_seeds = Word("--seeds", "N", "A training and an augmentation each.", s_defaults.Seeds.ToArray());
    private static readonly Option<int> s_order = Word("--order", "N", "Pieces of the language model's longest n-gram.", s_defaults.Order);
    private static readonly Option<double> s_temperature =
        Word("--temperature", "T", "How the language model samples.", s_defaults.Temperature);

    private static readonly Option<double> s_benignShare =
        Word("--benign-share", "SHARE", "Of the written prompts, those asked for as harmless; 0 is the paper's.", s_defaults.BenignShare);

    private static readonly Option<int> s_port = Word("--port", "PORT", "Where the language model listens, on 127.0.0.1.", s_defaults.Port);
    private static readonly Option<string> s_wordNet = Word("--wordnet", "DIR", "A WordNet database.", s_defaults.WordNet);
    private static readonly Option<int> s_epochs = Word("--epochs", "N", "The n-gram student's, over the largest arm.", s_defaults.Epochs);
    private static readonly Option<int> s_steps = Word("--steps", "N", "The DeBERTa student's updates.", s_defaults.Steps);
    private static readonly Option<int> s_batchSize = Word("--batch-size", "N", "Rows an update of it.", s_defaults.BatchSize);
    private static readonly Option<double> s_learningRate = Word("--lr", "RATE", "Its learning rate.", s_defaults.LearningRate);
    private static readonly Option<int> s_maxTokens = Word("--max-tokens", "N", "Its longest input.", s_defaults.MaxTokens);
    private static readonly Option<int> s_threads = Word("--threads", "N", "Threads; 0 for one a core.", s_defaults.Threads);
    private static readonly Option<bool> s_keep = Word("--keep-students", "", "Leaves the trained students in the work folder.", defaultValue: false);

    /// <summary>The command, which hands the settings on.</summary>
    public static RootCommand Command(
        Func<AblationSettings, CancellationToken, Task<int>> run, Func<AblationSettings, string, CancellationToken, Task<int>> serve)
    {
        var root = new RootCommand("Plain distillation, EDA and generator-augmented training on the same seed rows (docs/ablation.md).");
        foreach (Option option in (Option[])
            [s_shared, s_work, s_teacher, s_student, s_seedRows, s_added, s_seeds, s_order, s_temperature, s_benignShare, s_port, s_wordNet,
            s_epochs, s_steps, s_batchSize, s_learningRate, s_maxTokens, s_threads, s_keep])
        {
            root.Add(option);
        }

        root.SetAction((line, cancellationToken) => run(Settings(line), cancellationToken));
        var rows = new Argument<string>("FILE") { Description = "Labelled rows to learn from." };
        var server = new Command("serve", "Lets the language model answer on 127.0.0.1 until it is interrupted, for picket augment.")
            { rows, s_order, s_port };
        server.SetAction((line, cancellationToken) => serve(
            s_defaults with { Order = line.GetValue(s_order), Port = line.GetValue(s_port) }, line.GetValue(rows)!, cancellationToken));
        root.Add(server);
        return root;
    }

    private static AblationSettings Settings(ParseResult line) => new()
    {
        Shared = line.GetValue(s_shared)!,
        Work = line.GetValue(s_work)!,
        Teacher = line.GetValue(s_teacher) ?? s_defaults.Teacher,
        Student = line.GetValue(s_student),
        SeedRows = line.GetValue(s_seedRows),
        Added = line.GetValue(s_added),
        Seeds = line.GetValue(s_seeds)!,
        Order = line.GetValue(s_order),
        Temperature = line.GetValue(s_temperature),
        BenignShare = line.GetValue(s_benignShare),
        Port = line.GetValue(s_port),
        WordNet = line.GetValue(s_wordNet)!,
        Epochs = line.GetValue(s_epochs),
        Steps = line.GetValue(s_steps),
        BatchSize = line.GetValue(s_batchSize),
        LearningRate = line.GetValue(s_learningRate),
        MaxTokens = line.GetValue(s_maxTokens),
        Threads = line.GetValue(s_threads),
        KeepStudents = line.GetValue(s_keep),
    };

    private static Option<T> Word<T>(string name, string value, string description, T defaultValue) => new(name)
    {
        Description = description,
        HelpName = value.Length == 0 ? null : value,
        DefaultValueFactory = _ => defaultValue,
        AllowMultipleArgumentsPerToken = typeof(T).IsArray,
    };
}
