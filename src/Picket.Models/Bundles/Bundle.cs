using System.Security.Cryptography;
using System.Text.Json;

namespace Picket.Models.Bundles;

/// <summary>A folder with a <c>guard.json</c> and the files it names, checked against their SHA-256 when read.</summary>
public sealed class Bundle
{
    private const string Temporary = ".tmp";

    private Bundle(string folder, GuardManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The content of <c>guard.json</c>.</summary>
    public GuardManifest Manifest { get; }

    /// <summary>Opens the bundle in <paramref name="folder"/>.</summary>
    /// <exception cref="PicketException">There is no folder or no <c>guard.json</c>, or it cannot be read as one.</exception>
    public static Bundle Open(string folder)
    {
        string path = Path.Combine(folder, GuardManifest.FileName);
        if (!File.Exists(path))
        {
            string found = Directory.Exists(folder) ? "the folder has none" : "there is no such folder";
            throw new PicketException($"{path}: a guard is a folder with a {GuardManifest.FileName}; {found}");
        }

        try
        {
            GuardManifest manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), GuardManifestJson.Default.GuardManifest)
                ?? throw new PicketException($"{path}: expected an object, found null");
            return manifest.Faults().FirstOrDefault() is { } fault ? throw new PicketException($"{path}, {fault}") : new Bundle(folder, manifest);
        }
        catch (JsonException fault)
        {
            // The message begins with what is wrong, and for a missing field with its name; then it repeats the place, counted from 0.
            string where = fault.LineNumber is { } line ? $"{path}, line {line + 1}" : path;
            string what = $"field \"{fault.Path}\": {fault.Message.Split(" Path: ")[0]}".ReplaceLineEndings(" ");
            throw new PicketException($"{where}, {what}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Reads one of the bundle's files whole and checks its length and hash.</summary>
    /// <exception cref="PicketException">The manifest does not name it, or it is absent, or it is not the file the manifest describes.</exception>
    public byte[] Read(string name)
    {
        string path = Path.Combine(Folder, name);
        if (!Manifest.Files.TryGetValue(name, out BundleFile? expected))
        {
            throw new PicketException($"{Path.Combine(Folder, GuardManifest.FileName)}, field \"files\": expected an entry for {name}, found none");
        }

        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: {GuardManifest.FileName} names this file, and it cannot be read: {fault.Message}", fault);
        }

        string found = Convert.ToHexStringLower(SHA256.HashData(content));
        return found == expected.Sha256 && content.Length == expected.Bytes
            ? content
            : throw new PicketException(
                $"{path}: expected SHA-256 {expected.Sha256} ({expected.Bytes} bytes), found {found} ({content.Length} bytes); "
                + "the file is damaged or was exchanged");
    }

    /// <summary>
    /// Writes a bundle: all files under temporary names first, which are then renamed, <c>guard.json</c> last. A bundle that stands there
    /// is lost only to a kill between two renames, and its hashes tell.
    /// </summary>
    /// <param name="folder">Made when absent.</param>
    /// <param name="manifest">Its <see cref="GuardManifest.Files"/> are filled in from <paramref name="files"/>.</param>
    /// <param name="files">The other files' content by name.</param>
    /// <exception cref="ArgumentException">A reader would refuse the manifest, or a file's name is more than a name.</exception>
    public static void Write(string folder, GuardManifest manifest, IReadOnlyDictionary<string, byte[]> files)
    {
        var entries = new SortedDictionary<string, BundleFile>(StringComparer.Ordinal);
        foreach ((string name, byte[] content) in files)
        {
            entries[name] = new BundleFile(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
        }

        manifest = manifest with { Files = entries };
        if (manifest.Faults().FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(manifest));
        }

        Directory.CreateDirectory(folder);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(manifest, GuardManifestJson.Default.GuardManifest);
        List<KeyValuePair<string, byte[]>> whole = [.. files, new(GuardManifest.FileName, [.. json, (byte)'\n'])];
        foreach ((string name, byte[] content) in whole)
        {
            File.WriteAllBytes(Path.Combine(folder, name + Temporary), content);
        }

        foreach ((string name, _) in whole)
        {
            string path = Path.Combine(folder, name);
            File.Move(path + Temporary, path, overwrite: true);
        }
    }
}
