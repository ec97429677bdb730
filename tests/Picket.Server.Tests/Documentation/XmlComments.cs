using System.Reflection;
using System.Xml.Linq;

namespace Picket.Server.Tests;

/// <summary>The summaries in the XML files beside Picket's assemblies, as Markdown.</summary>
internal static class XmlComments
{
    private static readonly Dictionary<string, XElement> Members = Directory.GetFiles(AppContext.BaseDirectory, "Picket*.xml")
        .SelectMany(static file => XDocument.Load(file).Descendants("member"))
        .DistinctBy(static member => member.Attribute("name")!.Value)
        .ToDictionary(static member => member.Attribute("name")!.Value);

    public static string Of(Type type) => Of($"T:{type.FullName}");

    public static string Of(PropertyInfo property) => Of($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public static string OfValue(Type enumType, string name) => Of($"F:{enumType.FullName}.{name}");

    private static string Of(string member)
    {
        Assert.True(Members.TryGetValue(member, out XElement? comment), $"{member} has no comment");
        string text = string.Concat(comment.Element("summary")!.Nodes().Select(Text));
        string line = string.Join(' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        return line.Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("langword")?.Value ?? Last(see.Attribute("cref")!.Value)}`",
        _ => throw new NotSupportedException(node.ToString()),
    };

    private static string Last(string cref) => cref.Split('(')[0].Split('.')[^1];
}
