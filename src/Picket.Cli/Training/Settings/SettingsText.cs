using System.Text;

namespace Picket.Cli;

/// <summary>Writes a settings record as YAML, such that <see cref="SettingsReader{TRecord}"/> reads the same back.</summary>
internal static class SettingsText
{
    public static string Write<TRecord>(IReadOnlyList<Setting<TRecord>> settings, TRecord record)
    {
        var text = new StringBuilder();
        foreach (Setting<TRecord> setting in settings.Where(static setting => !setting.Key.Contains('.')))
        {
            text.Append($"{setting.Key}: {SettingValue.Yaml(setting.Get(record))}\n");
        }

        foreach (IGrouping<string, Setting<TRecord>> section in settings
            .Where(static setting => setting.Key.Contains('.'))
            .GroupBy(static setting => setting.Key.Split('.')[0]))
        {
            text.Append($"{section.Key}:\n");
            foreach (Setting<TRecord> setting in section)
            {
                text.Append($"  {setting.Key.Split('.')[1]}: {SettingValue.Yaml(setting.Get(record))}\n");
            }
        }

        return text.ToString();
    }
}
