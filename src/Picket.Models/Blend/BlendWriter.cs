using Picket.Models.Bundles;

namespace Picket.Models.Blend;

/// <summary>Writes the bundle of a blend.</summary>
public static class BlendWriter
{
    private const string MembersFolder = "members";

    /// <summary>Finds out what would keep <see cref="Write"/> from writing, before there are weights to write.</summary>
    /// <param name="folder">The blend's folder; absent or empty.</param>
    /// <param name="members">The members' folders.</param>
    /// <param name="link">Whether they stay where they are.</param>
    /// <returns>The members, opened.</returns>
    /// <exception cref="PicketException">
    /// There is something in <paramref name="folder"/>; or a member is no bundle with a <c>guard.json</c>, a blend, given twice, or to be
    /// linked and not beside <paramref name="folder"/>.
    /// </exception>
    public static IReadOnlyList<Bundle> Check(string folder, IReadOnlyList<string> members, bool link)
    {
        ArgumentNullException.ThrowIfNull(members);
        StagingFolder.RequireFree(folder);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var bundles = new List<Bundle>();
        foreach (string member in members)
        {
            var bundle = Bundle.Open(member);
            string path = Path.Combine(member, GuardManifest.FileName);
            if (!File.Exists(path))
            {
                throw new PicketException($"{path}: expected a {GuardManifest.FileName} in a member of a blend, found none");
            }

            if (BlendBundle.Obstacle(bundle) is { } obstacle)
            {
                throw new PicketException(obstacle);
            }

            if (!seen.TryAdd(BlendBundle.Hash(member), member))
            {
                throw new PicketException($"{path}: expected different members, found the same as in {seen[BlendBundle.Hash(member)]}");
            }

            if (link)
            {
                MemberPath.Beside(folder, member);
            }

            bundles.Add(bundle);
        }

        return bundles;
    }

    /// <summary>Writes the bundle under a temporary name, checks every hash in it, and gives it its own; a failure leaves nothing.</summary>
    /// <param name="folder">Absent or empty.</param>
    /// <param name="manifest">Name, threshold and model card; the rest is filled in.</param>
    /// <param name="members">The members' folders and weights.</param>
    /// <param name="offset">As in <see cref="BlendSettings"/>.</param>
    /// <param name="link">True names the members by their path beside <paramref name="folder"/>; false copies them to <c>members/</c>.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="PicketException">As <see cref="Check"/>, or a file of a member is not the one its manifest describes.</exception>
    /// <exception cref="ArgumentException">A reader would refuse a value.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(
        string folder,
        GuardManifest manifest,
        IReadOnlyList<(string Folder, double Weight)> members,
        double offset,
        bool link,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(members);
        IReadOnlyList<Bundle> bundles = Check(folder, [.. members.Select(static member => member.Folder)], link);
        IReadOnlyList<string> paths = link
            ? [.. bundles.Select(bundle => MemberPath.Beside(folder, bundle.Folder))]
            : [.. MemberPath.Names(bundles.Select(static bundle => bundle.Folder)).Select(static name => $"{MembersFolder}/{name}")];
        using var staging = StagingFolder.For(folder);
        for (int i = 0; i < bundles.Count && !link; i++)
        {
            Copy(bundles[i], MemberPath.Resolve(staging.Path, paths[i]), cancellationToken);
        }

        BlendMember[] entries =
            [.. paths.Select((path, i) => new BlendMember(path, BlendBundle.Hash(members[i].Folder), members[i].Weight))];
        Bundle.Write(
            staging.Path,
            manifest with
            {
                Kind = BlendGuard.Kind,
                Temperature = 1,
                Normalise = false,
                FeatureWidth = bundles.Sum(static bundle => bundle.Manifest.FeatureWidth),
                Blend = new BlendSettings(entries, offset),
            },
            new Dictionary<string, byte[]>());
        Bundle.Open(staging.Path).Verify(cancellationToken);
        staging.Finish();
    }

    private static void Copy(Bundle member, string target, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(target);
        foreach (string name in member.Manifest.Files.Keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.Copy(member.Locate(name), Path.Combine(target, name));
        }

        File.Copy(Path.Combine(member.Folder, GuardManifest.FileName), Path.Combine(target, GuardManifest.FileName));
    }
}
