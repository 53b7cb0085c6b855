namespace PlexAuth.Internal.Http;

/// <summary>One call: an operation with its arguments.</summary>
internal sealed record Call(Operation Operation, PlexCallOptions? Options)
{
    /// <summary>The verb, where it is not the operation's usual one.</summary>
    public HttpMethod? Method { get; init; }

    /// <summary>What follows the operation's path, with its slash, where that names one thing of several.</summary>
    public string Item { get; init; } = "";

    /// <summary>With its question mark, escaped.</summary>
    public string Query { get; init; } = "";

    /// <summary>Form fields in their order; those with a null value are left out.</summary>
    public KeyValuePair<string, string?>[]? Form { get; init; }

    /// <summary>A body in JSON, in place of a form.</summary>
    public byte[]? Json { get; init; }

    /// <summary>The web origin on whose behalf the call is made, as a browser would say it.</summary>
    public string? Origin { get; init; }

    /// <summary>What of <see cref="Form"/> must never be echoed in a message.</summary>
    public string[] Secrets { get; init; } = [];

    /// <summary>Keeps the arguments out of any text.</summary>
    public override string ToString() => Operation.Name;
}
