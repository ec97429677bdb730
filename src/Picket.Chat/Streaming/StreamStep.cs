namespace Picket.Chat;

/// <summary>Where a <see cref="StreamGuard"/> ends a window.</summary>
public enum StreamStep
{
    /// <summary>At the end of a sentence or a line, as soon as the window is long enough; else where it is full.</summary>
    Sentence,

    /// <summary>Where it is full, at a space where there is one in its last quarter.</summary>
    FullWindow,
}
