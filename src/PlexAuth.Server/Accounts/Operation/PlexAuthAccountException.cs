namespace PlexAuth.Server;

/// <summary>An account cannot be made as asked. The message is a sentence for the person who filled it in, and repeats no password.</summary>
public sealed class PlexAuthAccountException : Exception
{
    internal PlexAuthAccountException(PlexErrorCode code, string field, string message)
        : base(message)
    {
        Code = code;
        Field = field;
    }

    /// <summary>The code that the account service has for this reason, such as 1032 for a password that is too short.</summary>
    public PlexErrorCode Code { get; }

    /// <summary><c>username</c>, <c>email</c> or <c>password</c>.</summary>
    public string Field { get; }
}
