using System.Diagnostics;
using Picket.Training.Augmentation;

namespace Picket.Benchmarks;

/// <summary>
/// The near-duplicate filter over harmless instructions of 10 to 24 words, every fourth a copy of an earlier one with a word changed: time and
/// the process's memory.
/// </summary>
internal static class NearDuplicateTimer
{
    public static void Run(int count)
    {
        string[] texts = Draw(count);
        var filter = new NearDuplicateFilter();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        int hits = 0;
        for (int i = 0; i < count; i++)
        {
            hits += filter.Add($"{i}", texts[i]) is null ? 0 : 1;
        }

        double seconds = watch.Elapsed.TotalSeconds;
        double held = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"{count} texts, {hits} near duplicates, {seconds:F1} s on one thread ({count / seconds:F0} texts/s)");
        Console.WriteLine($"filter {held:F0} MB, peak of the process with the texts {process.PeakWorkingSet64 / 1e6:F0} MB");
        GC.KeepAlive(filter);
    }

    private static string[] Draw(int count)
    {
        var random = new Random(1);
        string[] words = [.. MildTexts.Words(300).Split(' ')];
        string[][] texts = new string[count][];
        for (int i = 0; i < count; i++)
        {
            texts[i] = i % 4 == 3
                ? [.. texts[random.Next(i)]]
                : [.. Enumerable.Range(0, random.Next(10, 25)).Select(_ => words[random.Next(words.Length)])];
            texts[i][random.Next(texts[i].Length)] = words[random.Next(words.Length)];
        }

        return [.. texts.Select(static text => string.Join(' ', text))];
    }
}
