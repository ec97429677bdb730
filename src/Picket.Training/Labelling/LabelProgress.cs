namespace Picket.Training.Labelling;

/// <summary>What a <see cref="Labeller"/> does at the moment.</summary>
public enum LabelStage
{
    /// <summary>Reads the whole input once, before anything is scored.</summary>
    Checking,

    /// <summary>The teacher scores.</summary>
    Scoring,

    /// <summary>The labelled rows and the report are made.</summary>
    Writing,
}

/// <summary>How far a <see cref="Labeller"/> is.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Rows">Rows the stage is done with; while scoring, those in the journal.</param>
/// <param name="Total">Rows of the input; 0 while they are counted.</param>
/// <param name="Resumed">Rows that an earlier run had scored.</param>
public readonly record struct LabelProgress(LabelStage Stage, int Rows, int Total, int Resumed);
