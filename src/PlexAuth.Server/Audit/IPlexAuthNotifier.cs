namespace PlexAuth.Server;

/// <summary>Tells people of what happened to their account, such as by e-mail. Register one to replace the server's own, which writes a line to the log.</summary>
/// <remarks>
/// Called outside any request, for one notice after the other. An event is written to the outbox in the transaction of the act it tells of, so none is lost; one may come
/// twice, when a process is killed before it could note that it was delivered. On a shared database, any one of the replicas delivers.
/// </remarks>
public interface IPlexAuthNotifier
{
    /// <summary>Hands one notice over. An exception has it tried again, after a minute at first and up to an hour later, for a week.</summary>
    Task NotifyAsync(PlexAuthNotice notice, CancellationToken cancellationToken);
}

/// <summary>Something that an account's owner should hear of. It holds no secret.</summary>
/// <param name="Title">The owner's name.</param>
/// <param name="Email">The owner's address.</param>
/// <param name="Event">
/// What happened: <c>signed-in-from-new-network</c>, <c>device-added</c>, <c>pin-linked</c>, <c>sign-in-refused</c> with code 1028 (the password was right and the verification
/// code was not), <c>password-changed</c>, <c>password-reset</c>, <c>two-factor-enabled</c>, <c>two-factor-disabled</c>, <c>backup-codes-created</c>, <c>backup-code-used</c>,
/// <c>server-claimed</c> or <c>server-unclaimed</c>.
/// </param>
public sealed record PlexAuthNotice(string Title, string Email, PlexAuthSecurityEvent Event);
