using System.Text.Json.Nodes;

namespace PlexAuth.Server;

/// <summary>What goes wrong with one answer. What is left out happens as usual.</summary>
public sealed record PlexEmulatorFault
{
    /// <summary>Refuses with this HTTP status instead of carrying the call out.</summary>
    public int? Status { get; init; }

    /// <summary>The number in <c>errors[].code</c> of a refusal; alone it also brings its own status.</summary>
    public int? Code { get; init; }

    /// <summary>Sent as <c>Retry-After</c>, in seconds and rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Time that passes before anything else, by the emulator's clock: it can be moved ahead.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Closes the connection without an answer.</summary>
    public bool Drop { get; init; }

    /// <summary>Carries the call out, then breaks the connection off in the middle of the body.</summary>
    public bool Truncate { get; init; }

    /// <summary>Answers in XML although JSON was asked for.</summary>
    public bool Xml { get; init; }

    /// <summary>Answers with a web page, as something in between would; with <see cref="Status"/>, or else 502.</summary>
    public bool Html { get; init; }

    /// <summary>Sends the body in pieces of one byte, this long apart by the emulator's clock.</summary>
    public TimeSpan SlowByte { get; init; }

    /// <summary>
    /// Members of the answer to be replaced, by their path in JSON such as <c>subscription.status</c> or <c>0.connections.1.uri</c>, also where the answer is XML; a null
    /// value puts a null there, or an empty attribute. Strings stand for unknown values of an enumeration.
    /// </summary>
    public IReadOnlyDictionary<string, JsonNode?> Fields { get; init; } = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
}
