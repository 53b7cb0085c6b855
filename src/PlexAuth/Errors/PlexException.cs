using System.Net;
using PlexAuth.Internal.Errors;

namespace PlexAuth;

/// <summary>A call that Plex refused, could not answer or never received. The derived types are those a program acts on differently.</summary>
/// <remarks>
/// The message says what happened and what to do, and is fit to be shown. Neither it nor any property holds a token, a password, a verification code or
/// a raw body. A status without a type of its own, such as 405 or 422, arrives as this type.
/// </remarks>
public class PlexException : Exception
{
    /// <summary>Makes an exception; public so that tests of calling code can.</summary>
    public PlexException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>The answer's HTTP status; null when no answer came or no request was made.</summary>
    public HttpStatusCode? StatusCode
    {
        get => Facts.StatusCode;
        init => Facts = Facts with { StatusCode = value };
    }

    /// <summary>Everything the answer's <c>errors[]</c> said, in its order; empty for HTML pages and empty bodies.</summary>
    public IReadOnlyList<PlexError> Errors
    {
        get => Facts.Errors;
        init => Facts = Facts with { Errors = value };
    }

    /// <summary>The answer's <c>X-Request-Id</c>, which its operator can look up.</summary>
    public string? RequestId
    {
        get => Facts.RequestId;
        init => Facts = Facts with { RequestId = value };
    }

    /// <summary>The operation in words, such as <c>sign-in</c>.</summary>
    public string? Operation
    {
        get => Facts.Operation;
        init => Facts = Facts with { Operation = value };
    }

    internal ErrorFacts Facts { get; init; } = new();
}
