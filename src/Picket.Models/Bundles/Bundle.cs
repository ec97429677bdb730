using Picket.Models.Blend;
using Picket.Models.Formats;

namespace Picket.Models.Bundles;

/// <summary>A folder with a <c>guard.json</c> and the files it names, checked against it when they are read.</summary>
/// <remarks>
/// <para>Files of up to <see cref="AlwaysHashed"/> bytes are checked by SHA-256 each time; of longer ones only the length is, because hashing
/// 1.7 GB at every start would cost 1.3 s. <see cref="Verify"/> hashes everything.</para>
/// <para>A folder as Hugging Face publishes models (<c>config.json</c>, <c>model.safetensors</c> or its index, <c>spm.model</c> or
/// <c>tokenizer.json</c>) is a bundle, too: named after the folder, the second class unsafe, threshold 0.5, and without the normaliser, so that
/// its scores equal the original's. There is nothing to check its files against.</para>
/// </remarks>
public sealed class Bundle
{
    /// <summary>Bytes up to which a file is always hashed: 64 MB, some 50 ms.</summary>
    public const long AlwaysHashed = 64 << 20;

    /// <summary>Bytes that a <c>guard.json</c> has at most.</summary>
    internal const int MaxManifestBytes = 16 << 20;

    private readonly bool _plain;

    private Bundle(string folder, GuardManifest manifest, bool plain)
    {
        Folder = folder;
        Manifest = manifest;
        _plain = plain;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The content of <c>guard.json</c>, or its defaults for a folder of Hugging Face's.</summary>
    public GuardManifest Manifest { get; }

    /// <summary>Opens the bundle in <paramref name="folder"/>.</summary>
    /// <exception cref="PicketException">
    /// There is no folder, or neither a <c>guard.json</c> nor a <c>config.json</c> in it, or it cannot be read as one.
    /// </exception>
    public static Bundle Open(string folder)
    {
        string path = Path.Combine(folder, GuardManifest.FileName);
        if (File.Exists(path))
        {
            return new Bundle(folder, GuardManifest.Parse(BoundedFile.Read(path, MaxManifestBytes), path), plain: false);
        }

        if (HuggingFaceFolder.Is(folder))
        {
            return new Bundle(folder, HuggingFaceFolder.Manifest(folder), plain: true);
        }

        string found = Directory.Exists(folder) ? "the folder has none" : "there is no such folder";
        throw new PicketException($"{path}: a guard is a folder with a {GuardManifest.FileName}, or with a model of Hugging Face's; {found}");
    }

    /// <summary>Whether the bundle has a file: named by its manifest, or lying in a folder of Hugging Face's.</summary>
    public bool Has(string name) =>
        BoundedFile.IsPlainName(name) && (_plain ? File.Exists(Path.Combine(Folder, name)) : Manifest.Files.ContainsKey(name));

    /// <summary>The path of one of the bundle's files, after the check that the remarks describe.</summary>
    /// <exception cref="PicketException">The manifest does not name it, or it is absent, or it is not the file the manifest describes.</exception>
    public string Locate(string name)
    {
        string path = Path.Combine(Folder, name);
        if (Expected(name) is not { } expected)
        {
            return File.Exists(path) ? path : throw new PicketException($"{path}: expected a file, found none");
        }

        if (expected.Bytes <= AlwaysHashed)
        {
            Check(path, expected, default);
        }
        else if (Length(path) is var found && found != expected.Bytes)
        {
            throw new PicketException($"{path}: expected {expected.Bytes} bytes, found {found}; the file is damaged or was exchanged");
        }

        return path;
    }

    /// <summary>Reads one of the bundle's files whole and checks its length and hash.</summary>
    /// <exception cref="PicketException">As <see cref="Locate"/>.</exception>
    public byte[] Read(string name)
    {
        string path = Path.Combine(Folder, name);
        if (Expected(name) is not { } expected)
        {
            return BoundedFile.Read(path, Array.MaxLength);
        }

        byte[] content = Read(path, File.ReadAllBytes);
        RequireSame(path, expected, FileHash.Of(content));
        return content;
    }

    /// <summary>
    /// Opens the tensors of <c>model.safetensors</c>, or of its index, after the check of every file that is concerned. The caller disposes of it.
    /// </summary>
    /// <exception cref="PicketException">As <see cref="Locate"/> and <see cref="TensorSource.Open"/>.</exception>
    public TensorSource OpenWeights()
    {
        if (Has(TensorSource.FileName) || !Has(TensorSource.IndexFileName))
        {
            return TensorSource.Open(Locate(TensorSource.FileName));
        }

        string index = Locate(TensorSource.IndexFileName);
        foreach (string shard in ShardIndex.Read(index).Values.Distinct(StringComparer.Ordinal))
        {
            Locate(shard);
        }

        return TensorSource.Open(index);
    }

    /// <summary>
    /// Checks every file that the manifest names by length and SHA-256, however long, of a blend those of its members, too; nothing for a
    /// folder of Hugging Face's.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PicketException">A file or a member is absent, or is not the one that the manifest describes.</exception>
    public void Verify(CancellationToken cancellationToken = default)
    {
        foreach ((string name, BundleFile expected) in Manifest.Files)
        {
            Check(Path.Combine(Folder, name), expected, cancellationToken);
        }

        foreach (Bundle member in Manifest.Kind == BlendGuard.Kind ? BlendBundle.OpenMembers(this) : [])
        {
            member.Verify(cancellationToken);
        }
    }

    /// <summary>Refuses a folder for a new bundle that is not free, before there is anything to write to it.</summary>
    /// <exception cref="PicketException">It exists, and is not an empty folder.</exception>
    public static void RequireFree(string folder) => StagingFolder.RequireFree(folder);

    /// <summary>
    /// Writes a bundle: all files under temporary names first, which are then renamed, <c>guard.json</c> last. A bundle that stands there
    /// is lost only to a kill between two renames, and its hashes tell.
    /// </summary>
    /// <param name="folder">Made when absent.</param>
    /// <param name="manifest">Its <see cref="GuardManifest.Files"/> are filled in from <paramref name="files"/>.</param>
    /// <param name="files">The other files' content by name.</param>
    /// <exception cref="ArgumentException">A reader would refuse the manifest, or a file's name is more than a name.</exception>
    public static void Write(string folder, GuardManifest manifest, IReadOnlyDictionary<string, byte[]> files) =>
        Write(folder, manifest, files.ToDictionary(
            static pair => pair.Key, static pair => new Action<Stream>(stream => stream.Write(pair.Value)), StringComparer.Ordinal));

    /// <summary>Writes a bundle whose files are too large to hold; else as the other overload.</summary>
    /// <param name="folder">Made when absent.</param>
    /// <param name="manifest">Its <see cref="GuardManifest.Files"/> are filled in from <paramref name="files"/>.</param>
    /// <param name="files">What writes each of the other files, by name.</param>
    /// <exception cref="ArgumentException">A reader would refuse the manifest, or a file's name is more than a name.</exception>
    public static void Write(string folder, GuardManifest manifest, IReadOnlyDictionary<string, Action<Stream>> files) =>
        BundleWriter.Write(folder, manifest, files);

    /// <summary>The manifest's entry; <see langword="null"/> where there is no manifest to have one.</summary>
    private BundleFile? Expected(string name)
    {
        if (!_plain && Manifest.Files.TryGetValue(name, out BundleFile? expected))
        {
            return expected;
        }

        return _plain && BoundedFile.IsPlainName(name)
            ? null
            : throw new PicketException(
                $"{Path.Combine(Folder, GuardManifest.FileName)}, field \"files\": expected an entry for {name}, found none");
    }

    private static void Check(string path, BundleFile expected, CancellationToken cancellationToken) =>
        RequireSame(path, expected, Read(path, file => FileHash.Of(file, cancellationToken)));

    private static long Length(string path) => Read(path, static file => new FileInfo(file).Length);

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: {GuardManifest.FileName} names this file, and it cannot be read: {fault.Message}", fault);
        }
    }

    private static void RequireSame(string path, BundleFile expected, BundleFile found)
    {
        if (found != expected)
        {
            throw new PicketException(
                $"{path}: expected SHA-256 {expected.Sha256} ({expected.Bytes} bytes), found {found.Sha256} ({found.Bytes} bytes); "
                + "the file is damaged or was exchanged");
        }
    }
}
