namespace Picket.Cli;

/// <summary>What <c>picket bench</c> times.</summary>
internal interface IBenchTarget : IAsyncDisposable
{
    /// <summary>For the table's head.</summary>
    string Name { get; }

    /// <summary>Seconds that loading took.</summary>
    double LoadSeconds { get; }

    /// <summary>Scores one batch of texts.</summary>
    /// <param name="lengths">Tokens of each.</param>
    /// <param name="cancellationToken">Seen before the batch.</param>
    ValueTask PassAsync(IReadOnlyList<int> lengths, CancellationToken cancellationToken);

    /// <summary>10^9 floating-point operations that a text needs; <see langword="null"/> where they are not the cost.</summary>
    double? GigaOperations(int length);
}
