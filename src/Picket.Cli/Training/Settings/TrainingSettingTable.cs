using Picket.Training.DebertaV2;
using Picket.Training.Distillation;
using Picket.Training.Optimisation;
using Picket.Training.Pretraining;

namespace Picket.Cli;

/// <summary>Every setting of the trainings, with its option where it has one: settings files, options, help and reports follow it.</summary>
internal static class TrainingSettingTable
{
    private static readonly Setting<StudentOptions>[] Student =
    [
        Setting.Of<StudentOptions, string>("from", s => s.From, (s, v) => s with { From = v }, "--student",
            "What it starts from: a Hugging Face folder, or a config.json for random weights. Required.", "DIR|config.json"),
        Setting.Of<StudentOptions, string>("tokenizer", s => s.Tokenizer, (s, v) => s with { Tokenizer = v }, "--tokenizer",
            "Its tokenizer: a folder, an spm.model or a tokenizer.json. Default: the one beside --student.", "PATH"),
        Setting.Of<StudentOptions, int>("max_tokens", s => s.MaxTokens, (s, v) => s with { MaxTokens = v }, "--max-tokens",
            "Tokens of an input, special ones included; longer ones are cut. 0 for as many as the student takes."),
        Setting.Of<StudentOptions, float>("hidden_dropout", s => s.HiddenDropout, (s, v) => s with { HiddenDropout = v }, "--dropout",
            "Share of hidden states and of attention that is left out in training.", "P"),
        Setting.Of<StudentOptions, float>("attention_dropout", s => s.AttentionDropout, (s, v) => s with { AttentionDropout = v }, "--dropout"),
        Setting.Of<StudentOptions, bool>("checkpointing", s => s.Checkpointing, (s, v) => s with { Checkpointing = v }, "--checkpointing",
            "Compute a layer's inner values again instead of keeping them: a third more time, far less memory."),
        Setting.Of<StudentOptions, int>("threads", s => s.Threads, (s, v) => s with { Threads = v }, "--threads", "Threads; 0 for one a core."),
    ];

    private static readonly Setting<TrainingSettings>[] Training =
    [
        Setting.Of<TrainingSettings, int>("epochs", s => s.Epochs, (s, v) => s with { Epochs = v }, "--epochs", "Passes over the rows."),
        Setting.Of<TrainingSettings, long>("steps", s => s.Steps, (s, v) => s with { Steps = v }, "--steps",
            "Updates at most; 0 for as many as the epochs have."),
        Setting.Of<TrainingSettings, int>("batch_size", s => s.BatchSize, (s, v) => s with { BatchSize = v }, "--batch", "Rows an update."),
        Setting.Of<TrainingSettings, int>("chunk_size", s => s.ChunkSize, (s, v) => s with { ChunkSize = v }, "--chunk",
            "Rows at once, of which a batch is made up; fewer take less memory."),
        Setting.Of<TrainingSettings, int>("chunk_tokens", s => s.ChunkTokens, (s, v) => s with { ChunkTokens = v }),
        Setting.Of<TrainingSettings, double>("learning_rate", s => s.LearningRate, (s, v) => s with { LearningRate = v }, "--lr",
            "The learning rate after warm-up; from there it falls linearly to 0.", "RATE"),
        Setting.Of<TrainingSettings, long>("warmup_steps", s => s.WarmupSteps, (s, v) => s with { WarmupSteps = v }, "--warmup",
            "Updates over which the learning rate rises from 0."),
        Setting.Of<TrainingSettings, double>("weight_decay", s => s.WeightDecay, (s, v) => s with { WeightDecay = v }, "--weight-decay",
            "Decoupled decay of weight matrices and embeddings.", "DECAY"),
        Setting.Of<TrainingSettings, double>("beta1", s => s.Beta1, (s, v) => s with { Beta1 = v }),
        Setting.Of<TrainingSettings, double>("beta2", s => s.Beta2, (s, v) => s with { Beta2 = v }),
        Setting.Of<TrainingSettings, double>("epsilon", s => s.Epsilon, (s, v) => s with { Epsilon = v }),
        Setting.Of<TrainingSettings, double>("max_gradient_norm", s => s.MaxGradientNorm, (s, v) => s with { MaxGradientNorm = v }, "--clip",
            "The greatest norm of a gradient; longer ones are scaled down. 0 for no limit.", "NORM"),
        Setting.Of<TrainingSettings, bool>("balanced", s => s.Balanced, (s, v) => s with { Balanced = v }),
        Setting.Of<TrainingSettings, long>("evaluate_every", s => s.EvaluateEvery, (s, v) => s with { EvaluateEvery = v }, "--eval-every",
            "Updates between two evaluations on the held-out rows; 0 for one an epoch."),
        Setting.Of<TrainingSettings, long>("checkpoint_every", s => s.CheckpointEvery, (s, v) => s with { CheckpointEvery = v }, "--checkpoint-every",
            "Updates between two checkpoints."),
        Setting.Of<TrainingSettings, double>("held_out_share", s => s.HeldOutShare, (s, v) => s with { HeldOutShare = v }, "--held-out",
            "Share of the rows that is not learned from but evaluated on.", "SHARE"),
        Setting.Of<TrainingSettings, int>("seed", s => s.Seed, (s, v) => s with { Seed = v }, "--seed",
            "Seed; the same data, settings and seed give the same weights."),
    ];

    /// <summary>Those of <c>picket distil</c>.</summary>
    public static IReadOnlyList<Setting<DistilOptions>> Distil { get; } =
    [
        Setting.Of<DistilOptions, string>("name", s => s.Name, (s, v) => s with { Name = v }, "--name", "The guard's name.", "NAME"),
        .. Student.Select(setting => setting.Within<DistilOptions>("student", s => s.Student, (s, v) => s with { Student = v })),
        Setting.Of<DistilOptions, double>("lambda", s => s.Lambda, (s, v) => s with { Lambda = v }, "--lambda",
            "The labels' share of the loss, 0 to 1; the rest is the teacher's.", "L"),
        Setting.Of<DistilOptions, double>("temperature", s => s.Temperature, (s, v) => s with { Temperature = v }, "--temperature",
            "What the teacher's logit is divided by.", "T"),
        Setting.Of<DistilOptions, bool>("hard_teacher", s => s.HardTeacher, (s, v) => s with { HardTeacher = v }, "--hard-teacher",
            "Make the teacher's probability 0 or 1 first, which the paper found best."),
        Setting.Of<DistilOptions, string>("keep_best", s => s.KeepBest, (s, v) => s with { KeepBest = v }, "--keep-best",
            "The figure on the held-out rows that decides which state is the best.", "auprc|f1|loss"),
        Setting.Of<DistilOptions, bool>("keep_last", s => s.KeepLast, (s, v) => s with { KeepLast = v }, "--keep-last",
            "Keep the last state instead of the best."),
        Setting.Of<DistilOptions, bool>("empty_response_as_pair", s => s.EmptyResponseAsPair, (s, v) => s with { EmptyResponseAsPair = v }),
        Setting.Of<DistilOptions, Switch>("normalise", s => On(s.Normalise), (s, v) => s with { Normalise = Flag(v) }, "--normalise",
            "Undo look-alike and invisible characters, here and in the guard; auto does as the start was trained.", "true|false|auto"),
        Setting.Of<DistilOptions, bool>("calibrate", s => s.Calibrate, (s, v) => s with { Calibrate = v }, "--calibrate",
            "Fit temperature and offset on the held-out rows, so that scores are probabilities."),
        .. Training.Select(setting => setting.Within<DistilOptions>("training", s => s.Training, (s, v) => s with { Training = v })),
    ];

    /// <summary>Those of <c>picket pretrain</c>.</summary>
    public static IReadOnlyList<Setting<PretrainOptions>> Pretrain { get; } =
    [
        .. Student.Select(setting => setting.Within<PretrainOptions>("student", s => s.Student, (s, v) => s with { Student = v })),
        Setting.Of<PretrainOptions, double>("masked_share", s => s.MaskedShare, (s, v) => s with { MaskedShare = v }, "--masked",
            "Share of the tokens that is to be predicted.", "SHARE"),
        Setting.Of<PretrainOptions, int>("row_tokens", s => s.RowTokens, (s, v) => s with { RowTokens = v }, "--row-tokens",
            "Tokens of a row, into which texts are packed."),
        Setting.Of<PretrainOptions, Switch>("normalise", s => On(s.Normalise), (s, v) => s with { Normalise = Flag(v) }, "--normalise",
            "Undo look-alike and invisible characters first; auto does as the start was trained.", "true|false|auto"),
        .. Training.Select(setting => setting.Within<PretrainOptions>("training", s => s.Training, (s, v) => s with { Training = v })),
    ];

    private static Switch On(bool? value) => value switch { true => Switch.True, false => Switch.False, _ => Switch.Auto };

    private static bool? Flag(Switch value) => value switch { Switch.True => true, Switch.False => false, _ => null };
}
