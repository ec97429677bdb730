namespace Picket.Ablation;

/// <summary>What the seed rows get beside them.</summary>
internal enum Arm
{
    /// <summary>Nothing: plain distillation.</summary>
    Plain,

    /// <summary>Copies with words changed (Easy Data Augmentation).</summary>
    Eda,

    /// <summary>Prompts that a language model wrote (HarmAug).</summary>
    Generator,
}

/// <summary>Names of arms.</summary>
internal static class Arms
{
    /// <summary>All arms, in the tables' order.</summary>
    public static IReadOnlyList<Arm> All { get; } = [Arm.Plain, Arm.Eda, Arm.Generator];

    /// <summary>The name in files and tables.</summary>
    public static string NameOf(this Arm arm) => arm switch
    {
        Arm.Plain => "plain",
        Arm.Eda => "eda",
        _ => "generator",
    };
}
