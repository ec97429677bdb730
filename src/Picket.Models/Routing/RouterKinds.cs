namespace Picket.Models.Routing;

/// <summary>The kinds of routers that a file can hold.</summary>
public static class RouterKinds
{
    /// <summary>The Bayesian network of SafeRoute.</summary>
    public const string Bayes = "bayes";

    /// <summary>The same network without a posterior.</summary>
    public const string Mlp = "mlp";

    /// <summary>Logistic regression.</summary>
    public const string Logistic = "logistic";

    /// <summary>Two class means and one covariance, in closed form.</summary>
    public const string Prototype = "prototype";

    /// <summary>One head for "the small guard is right", one for "the large guard is right".</summary>
    public const string TwoHeaded = "two-headed";

    /// <summary>Entropy of the guard's probability, as it is or calibrated.</summary>
    public const string Entropy = "entropy";

    /// <summary>A random share.</summary>
    public const string Random = "random";

    /// <summary>Everything is escalated.</summary>
    public const string Always = "always";

    /// <summary>Nothing is escalated.</summary>
    public const string Never = "never";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [Bayes, Mlp, Logistic, Prototype, TwoHeaded, Entropy, Random, Always, Never];

    /// <summary>Whether a router of this kind has tensors.</summary>
    /// <param name="kind">Any text.</param>
    public static bool IsLearned(string kind) => kind is Bayes or Mlp or Logistic or Prototype or TwoHeaded;

    internal static int Outputs(string kind) => kind == TwoHeaded ? 2 : 1;
}
