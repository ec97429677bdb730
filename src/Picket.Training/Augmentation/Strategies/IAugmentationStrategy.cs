using Picket.Data;

namespace Picket.Training.Augmentation;

/// <summary>Makes new rows in two steps, between which the filters look at the texts in their order.</summary>
internal interface IAugmentationStrategy
{
    /// <summary>The name in rows and reports.</summary>
    string Name { get; }

    /// <summary>Drafts that it makes.</summary>
    int Count { get; }

    /// <summary>A draft that nearly repeats an earlier text or a seed row is dropped; what repeats one word for word always is.</summary>
    bool DropsNearDuplicates { get; }

    /// <summary>The draft of a number, from 0; several are made at a time.</summary>
    Task<Draft> DraftAsync(int number, CancellationToken cancellationToken);

    /// <summary>The rows of a draft that was kept, in their order, each with its kind; several drafts' are made at a time.</summary>
    Task<IReadOnlyList<(string Kind, Example Row)>> RowsAsync(Draft draft, CancellationToken cancellationToken);
}
