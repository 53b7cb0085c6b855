namespace PlexAuth;

/// <summary>The format a client asks for. Answers are read in whichever format the server really chose.</summary>
public enum PlexFormat
{
    /// <summary><c>application/json</c>.</summary>
    Json,

    /// <summary><c>application/xml</c>.</summary>
    Xml,
}
