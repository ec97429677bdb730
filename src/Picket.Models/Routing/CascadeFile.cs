using System.Text.Json;
using Picket.Models.Formats;

namespace Picket.Models.Routing;

/// <summary>Makes a cascade of a <c>cascade.json</c>.</summary>
public static class CascadeFile
{
    /// <summary>The file's usual name.</summary>
    public const string FileName = "cascade.json";

    private const int MostBytes = 1 << 20;

    private static readonly Dictionary<string, LargeGuardFailure> s_failures = new(StringComparer.Ordinal)
    {
        ["treat-as-unsafe"] = LargeGuardFailure.TreatAsUnsafe,
        ["use-small-verdict"] = LargeGuardFailure.UseSmallVerdict,
        ["throw"] = LargeGuardFailure.Throw,
    };

    /// <summary>Whether a place that a user names is such a file: its name ends in <c>.json</c>, and it is there.</summary>
    /// <param name="place">A name, folder, address or file.</param>
    public static bool Is(string? place) => place?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true && File.Exists(place);

    /// <summary>Reads the file and checks it, without loading anything.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PicketException">It is absent, damaged, of a newer Picket, or has a value out of its range.</exception>
    public static CascadeManifest Read(string path)
    {
        CascadeManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(BoundedFile.Read(path, MostBytes), CascadeManifestJson.Default.CascadeManifest)
                ?? throw new PicketException($"{path}: expected an object, found null");
        }
        catch (JsonException fault)
        {
            string where = fault.LineNumber is { } line ? $"{path}, line {line + 1}" : path;
            throw new PicketException($"{where}, field \"{fault.Path}\": expected a cascade, found something else", fault);
        }

        return Faults(manifest).FirstOrDefault() is { } found ? throw new PicketException($"{path}, {found}") : manifest;
    }

    /// <summary>Reads the file, its routers, and its guards, and makes the cascade.</summary>
    /// <param name="path">The file.</param>
    /// <param name="load">Loads the guard of a place: a folder, a name or an address. The cascade owns what it gives.</param>
    /// <param name="options">What the file does not say; its threshold, where there is one, goes before the file's.</param>
    /// <param name="cancellationToken">Given to <paramref name="load"/>.</param>
    /// <exception cref="PicketException">As <see cref="LoadTiersAsync"/>, or the tiers do not fit each other.</exception>
    public static async ValueTask<GuardCascade> LoadAsync(
        string path,
        Func<string, CancellationToken, ValueTask<IGuard>> load,
        GuardCascadeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        CascadeParts parts = await LoadTiersAsync(path, load, cancellationToken);
        options ??= new GuardCascadeOptions { LargeGuardTimeout = null };
        try
        {
            return new GuardCascade(parts.Tiers, new GuardCascadeOptions
            {
                Threshold = options.Threshold ?? parts.Threshold,
                CategoryThresholds = options.CategoryThresholds,
                LargeGuardFailure = options.LargeGuardFailure,
                LargeGuardTimeout = options.LargeGuardTimeout,
                MonitorWindow = options.MonitorWindow,
                TimeProvider = options.TimeProvider,
            });
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the file, its routers, and its guards.</summary>
    /// <param name="path">The file.</param>
    /// <param name="load">Loads the guard of a place: a folder, a name or an address.</param>
    /// <param name="cancellationToken">Given to <paramref name="load"/>.</param>
    /// <returns>The tiers, with the failure mode and timeout that the file states; the caller owns their guards.</returns>
    /// <exception cref="PicketException">As <see cref="Read"/>, or a router or guard cannot be loaded.</exception>
    public static async ValueTask<CascadeParts> LoadTiersAsync(
        string path, Func<string, CancellationToken, ValueTask<IGuard>> load, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(load);
        CascadeManifest manifest = Read(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var parts = new CascadeParts([], manifest.Threshold);
        try
        {
            foreach (CascadeTierManifest tier in manifest.Tiers)
            {
                RouterModel? model = tier.Router is { } file ? RouterFile.Load(Path.Combine(folder, file)) : null;
                var added = new CascadeTier(await load(Place(tier.Guard, folder), cancellationToken), model?.CreateRouter())
                {
                    Cap = tier.CapShare is { } share ? new EscalationCap(share, tier.CapWindow) : null,
                    Failure = manifest.Failure is { } failure ? s_failures[failure] : null,
                    Timeout = manifest.TimeoutSeconds is { } seconds && parts.Tiers.Count > 0 ? TimeSpan.FromSeconds(seconds) : null,
                };
                parts = parts with { Tiers = [.. parts.Tiers, added] };
                if (model?.Manifest.Guard is { } guard && guard != added.Guard.Description.Name)
                {
                    throw new PicketException(
                        $"{path}: router {tier.Router}: expected the guard that it was made for, {guard}, found {added.Guard.Description.Name}");
                }
            }

            return parts;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    // A folder beside the file goes before a guard of its name that comes with Picket.
    private static string Place(string guard, string folder) =>
        !guard.Contains("://", StringComparison.Ordinal) && Directory.Exists(Path.Combine(folder, guard)) ? Path.Combine(folder, guard) : guard;

    private static IEnumerable<string> Faults(CascadeManifest manifest)
    {
        (bool Holds, string Fault)[] checks =
        [
            (manifest.Format == 1, $"field \"format\": expected 1, found {manifest.Format}"),
            (manifest.Tiers.Count > 0, "field \"tiers\": expected one guard or more, found none"),
            (manifest.Tiers.All(static tier => tier is not null), "field \"tiers\": expected guards, found null"),
            (manifest.Threshold is null or (>= 0 and <= 1), $"field \"threshold\": expected 0 to 1, found {manifest.Threshold}"),
            (manifest.Failure is null || s_failures.ContainsKey(manifest.Failure), $"field \"failure\": expected {string.Join(", ", s_failures.Keys)}, found another"),
            (manifest.TimeoutSeconds is null or (> 0 and <= 4_000_000),
                $"field \"timeout_seconds\": expected above 0 to 4000000, found {manifest.TimeoutSeconds}"),
        ];
        return checks.Where(static check => !check.Holds).Select(static check => check.Fault);
    }
}
