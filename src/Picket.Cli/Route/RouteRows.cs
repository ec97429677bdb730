using Picket.Data;
using Picket.Evaluation;
using Picket.Models.Routing;
using Picket.Training.RouterTraining;

namespace Picket.Cli;

/// <summary>Files of routing rows that belong together: of one pair of guards.</summary>
internal sealed record RouteRows(IReadOnlyList<RoutingHeader> Headers, IReadOnlyList<RoutedRow> Rows, IReadOnlyList<string> Ids)
{
    public string Small => Headers[0].Small;

    public string Large => Headers[0].Large;

    public IReadOnlyList<string> Data => [.. Headers.Select(static header => header.Rows)];

    /// <summary>Reads files.</summary>
    /// <exception cref="PicketException">One cannot be read, is of other guards than the first, or there is no row.</exception>
    public static RouteRows Read(IEnumerable<string> arguments)
    {
        string[] files = [.. arguments.Distinct(StringComparer.Ordinal)];
        IReadOnlyList<string> names = EvalData.Names(files);
        var headers = new List<RoutingHeader>();
        var rows = new List<RoutedRow>();
        var ids = new List<string>();
        for (int i = 0; i < files.Length; i++)
        {
            (RoutingHeader header, IReadOnlyList<RoutingRecord> found) = RoutingFile.Read(files[i]);
            headers.Add(header);
            if ((header.Small, header.Large, header.FeatureWidth) != (headers[0].Small, headers[0].Large, headers[0].FeatureWidth))
            {
                throw new PicketException(
                    $"{files[i]}, line 1: expected rows of {headers[0].Small} and {headers[0].Large} with {headers[0].FeatureWidth} features as in "
                    + $"{files[0]}, found {header.Small} and {header.Large} with {header.FeatureWidth}");
            }

            // Without its group a row stands for itself, and ids repeat from file to file.
            rows.AddRange(found.Select(row => new RoutedRow(row.Row, row.Group ?? $"{i}:{row.Id}", names[i], row.Source, row.Category)));
            ids.AddRange(found.Select(static row => row.Id));
        }

        return rows.Count > 0 ? new RouteRows(headers, rows, ids) : throw new PicketException($"{files[0]}: expected routing rows, found none");
    }

    /// <summary>Refuses a router that reads other features than the rows have.</summary>
    /// <param name="path">The router's file.</param>
    /// <param name="router">What stands in it.</param>
    /// <exception cref="PicketException">It was made for another guard, or for another width.</exception>
    public void EnsureFit(string path, RouterManifest router)
    {
        if (router.Guard is { } guard && guard != Small)
        {
            throw new PicketException($"{path}, field \"guard\": expected the small guard of the rows, {Small}, found {guard}");
        }

        if (router.FeatureWidth > 0 && router.FeatureWidth != Headers[0].FeatureWidth)
        {
            throw new PicketException(
                $"{path}, field \"feature_width\": expected {Headers[0].FeatureWidth} as in the rows, found {router.FeatureWidth}");
        }
    }

    /// <summary>The rows' texts, which their files do not hold.</summary>
    /// <param name="files">The labelled files that the rows were made of, in that order; other rows of theirs are passed over.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PicketException">They are other rows.</exception>
    public async Task<IReadOnlyList<Example>> TextsAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var texts = new List<Example>();
        foreach (string file in EvalData.Expand(files))
        {
            await foreach (Example row in ExampleReader.ReadAsync(file, cancellationToken: cancellationToken))
            {
                if (texts.Count < Ids.Count && row.Unsafe is not null && row.Id == Ids[texts.Count])
                {
                    texts.Add(row);
                }
            }
        }

        return texts.Count == Ids.Count
            ? texts
            : throw new PicketException(
                $"{files[0]}: expected the {Ids.Count} labelled rows that the routing rows were made of, in their order, found "
                + $"{texts.Count} of them");
    }
}
