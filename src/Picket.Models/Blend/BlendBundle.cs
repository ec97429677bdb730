using Picket.Models.Bundles;
using Picket.Models.Formats;

namespace Picket.Models.Blend;

/// <summary>The members of a blend's bundle.</summary>
internal static class BlendBundle
{
    /// <summary>Opens the bundles of all members, in their order.</summary>
    /// <exception cref="PicketException">
    /// The manifest has no <c>blend</c>; or a member is absent, was exchanged, cannot be opened or is a blend itself.
    /// </exception>
    public static IReadOnlyList<Bundle> OpenMembers(Bundle blend)
    {
        BlendSettings settings = blend.Manifest.Blend
            ?? throw new PicketException($"{ManifestOf(blend.Folder)}, field \"blend\": expected members, found none");
        return [.. settings.Members.Select((member, i) => Open(blend, member, i))];
    }

    /// <summary>The hash by which a blend knows a member.</summary>
    /// <exception cref="PicketException">The <c>guard.json</c> cannot be read.</exception>
    public static string Hash(string folder) => FileHash.Of(BoundedFile.Read(ManifestOf(folder), Bundle.MaxManifestBytes)).Sha256;

    /// <summary>Why a bundle cannot be a member; <see langword="null"/> where it can.</summary>
    public static string? Obstacle(Bundle member) => member.Manifest.Kind == BlendGuard.Kind
        ? $"{ManifestOf(member.Folder)}, field \"kind\": expected a guard that is no blend itself, found {BlendGuard.Kind}; name its members instead"
        : null;

    private static string ManifestOf(string folder) => Path.Combine(folder, GuardManifest.FileName);

    private static Bundle Open(Bundle blend, BlendMember member, int place)
    {
        string folder = MemberPath.Resolve(blend.Folder, member.Bundle);
        string path = ManifestOf(folder);
        if (!File.Exists(path))
        {
            throw new PicketException($"{path}: members[{place}] of the blend in {blend.Folder}: expected its {GuardManifest.FileName}, found none");
        }

        string found = Hash(folder);
        if (found != member.Sha256)
        {
            throw new PicketException(
                $"{path}: members[{place}] of the blend in {blend.Folder}: expected SHA-256 {member.Sha256}, found {found}; "
                + "the member was exchanged");
        }

        var bundle = Bundle.Open(folder);
        return Obstacle(bundle) is { } obstacle ? throw new PicketException(obstacle) : bundle;
    }
}
