using System.Globalization;
using System.Runtime.CompilerServices;

namespace Picket.Server;

/// <summary>Where the time of one request went. Guards note their part in <see cref="Current"/>, which follows the request's calls.</summary>
internal sealed class StageTimes
{
    public const string Queue = "queue";
    public const string Upstream = "upstream";
    public const string Total = "total";

    private static readonly AsyncLocal<StageTimes?> Local = new();
    private readonly Lock _gate = new();
    private readonly List<(string Stage, TimeSpan Time)> _stages = [];

    /// <summary>The request's that is being answered.</summary>
    public static StageTimes? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>Adds to a stage's time. A guard that was left behind at its deadline may still call this later.</summary>
    public void Add(string stage, TimeSpan time)
    {
        lock (_gate)
        {
            for (int at = 0; at < _stages.Count; at++)
            {
                if (_stages[at].Stage == stage)
                {
                    _stages[at] = (stage, _stages[at].Time + time);
                    return;
                }
            }

            _stages.Add((stage, time));
        }
    }

    /// <summary>The stages so far, in the order they ended.</summary>
    public (string Stage, TimeSpan Time)[] All()
    {
        lock (_gate)
        {
            return [.. _stages];
        }
    }

    /// <summary>The value of a <c>Server-Timing</c> header.</summary>
    public string Header()
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        lock (_gate)
        {
            for (int i = 0; i < _stages.Count; i++)
            {
                long microseconds = (long)_stages[i].Time.TotalMicroseconds;
                text.AppendLiteral(i == 0 ? "" : ", ");
                text.AppendLiteral(_stages[i].Stage);
                text.AppendLiteral(";dur=");
                text.AppendFormatted(microseconds / 1000);
                text.AppendLiteral(".");
                text.AppendFormatted(microseconds % 1000, "000");
            }
        }

        return text.ToStringAndClear();
    }
}
