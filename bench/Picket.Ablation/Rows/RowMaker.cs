using Picket.Chat;
using Picket.Data;
using Picket.Training.Augmentation;
using Picket.Training.Labelling;

namespace Picket.Ablation;

/// <summary>Makes the rows of all arms: seed rows, copies, written prompts, and the teacher's labels. What is there is not made again.</summary>
/// <param name="settings">How many, and how.</param>
/// <param name="teacher">Labels; the caller's to dispose.</param>
/// <param name="teacherHash">Tells it from others.</param>
/// <param name="log">Told what is done; of texts it learns nothing.</param>
internal sealed class RowMaker(AblationSettings settings, IGuard teacher, string teacherHash, Action<string> log)
{
    private readonly RowFiles _files = new(settings.Work);

    /// <summary>Makes what is missing.</summary>
    /// <returns>What either augmentation brought with each seed.</returns>
    /// <exception cref="PicketException">A file is bad, or the port of the language model's server is taken.</exception>
    public async Task<IReadOnlyList<AddedRows>> MakeAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_files.Seeds)!);
        if (!File.Exists(_files.Chosen))
        {
            log($"choosing {settings.SeedRows} seed rows of {settings.Data}");
            IReadOnlyList<Example> rows =
                await RowShare.CleanAsync(settings.Data, settings.SeedRows, settings.EvaluationFiles, cancellationToken);
            await RowShare.WriteAsync(_files.Chosen, rows, cancellationToken);
        }

        await LabelAsync(_files.Chosen, _files.Seeds, cancellationToken);
        await AugmentAsync(cancellationToken);
        var added = new List<AddedRows>();
        foreach (int seed in settings.Seeds)
        {
            await PickAsync(seed, cancellationToken);
            added.Add(await AddAsync(Arm.Eda, seed, cancellationToken));
            added.Add(await AddAsync(Arm.Generator, seed, cancellationToken));
        }

        return added;
    }

    private async Task AugmentAsync(CancellationToken cancellationToken)
    {
        if (settings.Seeds.Any(seed => !File.Exists(_files.Made(Arm.Eda, seed))))
        {
            var synonyms = WordNet.Load(settings.WordNet);
            foreach (int seed in settings.Seeds)
            {
                await AugmentAsync(Arm.Eda, seed, options => new Augmenter(synonyms: synonyms, options: options), cancellationToken);
            }
        }

        if (settings.Seeds.Any(seed => !File.Exists(_files.Made(Arm.Generator, seed))))
        {
            IReadOnlyList<Example> rows = await RowShare.ReadAsync(_files.Chosen, cancellationToken);
            await using var model = SeedGenerator.Of(rows, new AugmentationOptions().LongestExemplar, settings.Order);
            await using var server = CompletionServer.Start(model, settings.Port);
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var named = new GeneratorOptions { Model = model.Description.Name };
            await using IGenerator generator = await RemoteGenerators.FindAsync(server.Address, http, named, cancellationToken: cancellationToken);
            log($"{server.Address} goes on with a prefix by {generator.Description.Prefix}: {model.Description.Name}");
            var models = new AugmentationModels { Generator = new AugmentationModel(generator) };
            foreach (int seed in settings.Seeds)
            {
                await AugmentAsync(Arm.Generator, seed, options => new Augmenter(models, options: options), cancellationToken);
            }
        }
    }

    private async Task AugmentAsync(Arm arm, int seed, Func<AugmentationOptions, Augmenter> create, CancellationToken cancellationToken)
    {
        string output = _files.Made(arm, seed);
        if (File.Exists(output))
        {
            return;
        }

        log($"{arm.NameOf()}, seed {seed}: making rows");
        await create(settings.Augmentation(arm, seed)).AugmentAsync(
            _files.Chosen,
            output,
            report => WholeFile.WriteAsync(_files.Report(arm, seed), report.ToJson() + "\n", cancellationToken),
            cancellationToken: cancellationToken);
    }

    /// <summary>As many rows of either augmentation.</summary>
    private async Task PickAsync(int seed, CancellationToken cancellationToken)
    {
        if (File.Exists(_files.Picked(Arm.Eda, seed)) && File.Exists(_files.Picked(Arm.Generator, seed)))
        {
            return;
        }

        IReadOnlyList<Example> copies = await RowShare.ReadAsync(_files.Made(Arm.Eda, seed), cancellationToken);
        IReadOnlyList<Example> written = await RowShare.ReadAsync(_files.Made(Arm.Generator, seed), cancellationToken);
        int count = Math.Min(settings.Added, Math.Min(copies.Count, written.Count));
        await RowShare.WriteAsync(_files.Picked(Arm.Eda, seed), RowShare.Of(copies, count), cancellationToken);
        await RowShare.WriteAsync(_files.Picked(Arm.Generator, seed), RowShare.Of(written, count), cancellationToken);
    }

    private async Task<AddedRows> AddAsync(Arm arm, int seed, CancellationToken cancellationToken)
    {
        string output = _files.Added(arm, seed);
        await LabelAsync(_files.Picked(arm, seed), output, cancellationToken);
        IReadOnlyList<Example> rows = await RowShare.ReadAsync(output, cancellationToken);
        AugmentationReport report = (await WholeFile.ReadJsonAsync<AugmentationReport>(_files.Report(arm, seed), cancellationToken))!;
        return new AddedRows(
            arm.NameOf(),
            seed,
            report.Asked,
            report.Counts.Kept,
            rows.Count,
            rows.Count(static row => row.Unsafe == true),
            report.Diversity.Distinct2,
            report.Diversity.SelfSimilarity);
    }

    /// <summary>A seed row and its copies keep their label beside the teacher's probability; a written prompt has the teacher's alone.</summary>
    private async Task LabelAsync(string input, string output, CancellationToken cancellationToken)
    {
        if (File.Exists(output))
        {
            return;
        }

        log($"the teacher labels {Path.GetFileName(input)}");
        var options = new LabellerOptions { KeepLabels = true, SurprisingRows = 0, TeacherIdentity = teacherHash };
        await new Labeller(teacher, options).LabelAsync(input, output, cancellationToken: cancellationToken);
    }
}
