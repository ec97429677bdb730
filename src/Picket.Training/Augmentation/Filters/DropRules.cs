namespace Picket.Training.Augmentation;

/// <summary>The names of the reasons, beside <see cref="FilterRules"/>, for which nothing comes of an answer.</summary>
public static class DropRules
{
    /// <summary>The model refused.</summary>
    public const string Refusal = "refusal";

    /// <summary>The answer has no text.</summary>
    public const string Empty = "empty";

    /// <summary>The answer holds no instruction.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>A content filter of the server took it.</summary>
    public const string Filtered = "filtered";

    /// <summary>The request failed in every attempt, and its server answers others.</summary>
    public const string Failed = "failed";

    /// <summary>It would lead above <see cref="AugmentationOptions.MaxUnsafeShare"/>.</summary>
    public const string OverUnsafeShare = "over_unsafe_share";
}
