using Picket.Data;

namespace Picket.Training.Augmentation;

/// <summary>Makes nothing.</summary>
internal sealed class NoStrategy : IAugmentationStrategy
{
    public string Name => "none";

    public int Count => 0;

    public bool DropsNearDuplicates => false;

    public Task<Draft> DraftAsync(int number, CancellationToken cancellationToken) =>
        throw new ArgumentOutOfRangeException(nameof(number), number, "expected no draft to be asked for");

    public Task<IReadOnlyList<(string Kind, Example Row)>> RowsAsync(Draft draft, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string, Example)>>([]);
}
