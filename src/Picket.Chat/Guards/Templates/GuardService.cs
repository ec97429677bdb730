namespace Picket.Chat;

/// <summary>The service a guard is asked through.</summary>
public enum GuardService
{
    /// <summary><c>/v1/chat/completions</c>: the server renders its model's template.</summary>
    Chat,

    /// <summary><c>/v1/completions</c>: the prompt is rendered here.</summary>
    Completions,
}
