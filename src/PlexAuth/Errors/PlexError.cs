namespace PlexAuth;

/// <summary>One entry of an answer's <c>errors[]</c>.</summary>
/// <param name="Code">The number a program acts on; 0 where the answer gave none, as older endpoints and HTML pages do.</param>
/// <param name="Message">The server's words, at most 300 characters, without control characters and without anything secret the request carried.</param>
/// <param name="Status">The HTTP status the entry repeats; some answers leave it out.</param>
public sealed record PlexError(PlexErrorCode Code, string Message, int? Status = null);
