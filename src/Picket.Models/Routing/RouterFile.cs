using System.Text.Json;
using Picket.Models.Bundles;
using Picket.Models.Formats;

namespace Picket.Models.Routing;

/// <summary>Reads and writes routers: a JSON file and, of a learned one, a safetensors file of the same name beside it.</summary>
public static class RouterFile
{
    /// <summary>The file's name in a cascade's folder, when no other is given.</summary>
    public const string FileName = "router.json";

    private const string Temporary = ".tmp";
    private const int MostJson = 16 << 20;
    private const int MostWeights = 1 << 30;

    /// <summary>Reads a router and checks its weights against their hash.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="PicketException">A file is absent, damaged, of a newer Picket, or not the one that the JSON describes.</exception>
    public static RouterModel Load(string path)
    {
        RouterManifest manifest = Parse(BoundedFile.Read(path, MostJson), path);
        if (manifest.Faults().FirstOrDefault() is { } fault)
        {
            throw new PicketException($"{path}, {fault}");
        }

        if (manifest.Weights is not { } expected)
        {
            var plain = new RouterModel(manifest, new Dictionary<string, Tensor>());
            return RouterKinds.IsLearned(manifest.Kind) || manifest.RegionLimit is not null
                ? throw new PicketException($"{path}, field \"weights\": expected SHA-256 and length of a router that was learned, found none")
                : plain;
        }

        string weights = WeightsPath(path);
        byte[] content = BoundedFile.Read(weights, MostWeights);
        BundleFile found = FileHash.Of(content);
        if (found != expected)
        {
            throw new PicketException($"{weights}: expected SHA-256 {expected.Sha256} as {Path.GetFileName(path)} says, found {found.Sha256}");
        }

        var model = new RouterModel(manifest, Safetensors.Parse(content, weights));
        try
        {
            model.CreateRouter();
        }
        catch (PicketException unfit)
        {
            throw new PicketException($"{weights}: {unfit.Message}", unfit);
        }

        return model;
    }

    /// <summary>Writes a router under temporary names and renames them, the JSON last.</summary>
    /// <param name="path">The JSON file; its name ends in <c>.json</c>.</param>
    /// <param name="model">The router.</param>
    /// <exception cref="PicketException">The name does not end in <c>.json</c>, or <see cref="Load"/> would refuse the router.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, RouterModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new PicketException($"{path}: expected a name that ends in .json, found another");
        }

        if (model.Manifest.Faults().FirstOrDefault() is { } fault)
        {
            throw new PicketException($"{path}, {fault}");
        }

        model.CreateRouter();
        string weights = WeightsPath(path);
        RouterManifest manifest = model.Manifest with { Weights = null };
        if (model.Tensors.Count > 0)
        {
            using var content = new MemoryStream();
            Safetensors.Write(content, model.Tensors.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
            byte[] bytes = content.ToArray();
            File.WriteAllBytes(weights + Temporary, bytes);
            manifest = manifest with { Weights = FileHash.Of(bytes) };
        }

        byte[] json = [.. JsonSerializer.SerializeToUtf8Bytes(manifest, RouterManifestJson.Default.RouterManifest), (byte)'\n'];
        File.WriteAllBytes(path + Temporary, json);
        if (manifest.Weights is not null)
        {
            File.Move(weights + Temporary, weights, overwrite: true);
        }

        File.Move(path + Temporary, path, overwrite: true);
    }

    private static string WeightsPath(string path) => Path.ChangeExtension(path, ".safetensors");

    private static RouterManifest Parse(byte[] json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RouterManifestJson.Default.RouterManifest)
                ?? throw new PicketException($"{path}: expected an object, found null");
        }
        catch (JsonException fault)
        {
            string where = fault.LineNumber is { } line ? $"{path}, line {line + 1}" : path;
            string what = $"field \"{fault.Path}\": {fault.Message.Split(" Path: ")[0]}".ReplaceLineEndings(" ");
            throw new PicketException($"{where}, {what}", fault);
        }
    }
}
