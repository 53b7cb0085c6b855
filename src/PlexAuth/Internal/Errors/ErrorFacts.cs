using System.Net;

namespace PlexAuth.Internal.Errors;

/// <summary>What every exception knows about its call, gathered before the exception's type is chosen.</summary>
internal sealed record ErrorFacts(HttpStatusCode? StatusCode = null, string? RequestId = null, string? Operation = null)
{
    public IReadOnlyList<PlexError> Errors { get; init; } = [];
}
