using System.Diagnostics;
using Picket.Compute;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;

namespace Picket.Cli;

/// <summary>A guard as a program uses it, on plain words; for kinds whose tokens cannot be given directly.</summary>
internal sealed class GuardTarget(IGuard guard, double loadSeconds) : IBenchTarget
{
    private static readonly string[] Words =
        ["the", "garden", "is", "large", "and", "quiet", "today", "we", "walk", "along", "river", "with", "old", "friends", "until", "evening"];

    public string Name => guard.Description.Name;

    public double LoadSeconds => loadSeconds;

    /// <summary>A guard that comes with Picket, or a folder's; a DeBERTa guard's network, timed by tokens.</summary>
    public static async Task<IBenchTarget> LoadAsync(
        string? place, ComputeContext context, GuardFactory guards, CancellationToken cancellationToken)
    {
        Bundle bundle = Bundle.Open(GuardSource.Folder(place));
        if (bundle.Manifest.Kind == DebertaV2Config.ModelType)
        {
            return new NetworkTarget(bundle.Manifest.Name, context, () =>
            {
                (DebertaV2Config config, _) = DebertaV2Bundle.Read(bundle);
                using TensorSource weights = TensorSource.Open(bundle.Folder);
                return DebertaV2Network.Load(weights, config, context);
            });
        }

        long start = Stopwatch.GetTimestamp();
        IGuard guard = await guards(place, normalise: true, cancellationToken);
        return new GuardTarget(guard, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public async ValueTask PassAsync(IReadOnlyList<int> lengths, CancellationToken cancellationToken) =>
        await guard.ScoreAsync([.. lengths.Select(static length => new GuardInput(Text(length)))], cancellationToken);

    public double? GigaOperations(int length) => null;

    public ValueTask DisposeAsync() => guard.DisposeAsync();

    private static string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(static place => Words[place * 7 % Words.Length]));
}
