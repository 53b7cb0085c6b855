using System.Globalization;
using System.Text;
using PlexAuth.Internal.Http;

namespace PlexAuth.Internal.Errors;

/// <summary>The words of an exception: what happened, as the server put it, and what to do about it.</summary>
internal static class Advice
{
    public static string Message(Operation operation, ErrorFacts facts, TimeSpan? retryAfter)
    {
        var status = (int)facts.StatusCode!;
        var first = facts.Errors is [var error, ..] ? error : null;
        var text = new StringBuilder(status >= 500 ? "Plex failed at the " : status < 400 ? "Plex did not answer the " : "Plex refused the ").Append(operation.Name);
        if (first is { Message.Length: > 0 })
            text.Append(": ").Append(first.Message.AsSpan().TrimEnd('.'));

        text.Append(" (").Append(first is { Code.Value: > 0 } ? $"code {first.Code}, " : "").Append(CultureInfo.InvariantCulture, $"HTTP {status}). ");
        return text.Append(WhatToDo(operation, first?.Code.Value ?? 0, status, retryAfter)).ToString();
    }

    private static string WhatToDo(Operation operation, int code, int status, TimeSpan? retryAfter) => (code, status) switch
    {
        (1028, _) => "Ask for a new verification code: each works once and for a short time.",
        (1029, _) => "Sign in again with a code of the authenticator app, or a backup code.",
        (1030, _) => "Sign in with the e-mail address instead of the username.",
        (1031, _) => "Wait before the next sign-in: further attempts prolong the lock.",
        (1041, _) => "Ask for the person's four-digit PIN and switch again with it.",
        (1000, _) => "The client identifier was lost on the way: look for a proxy that removes X-Plex headers.",
        (_, 400) => "Check the arguments of the call.",
        (_, 422) when operation == Operation.KeyRegistration => "Another device has registered this key, or it is not safe: make a new one.",
        (_, 422) when operation == Operation.KeyExchange => "The key is not, or no longer, registered for this client identifier: sign in again and register it.",
        (_, 498) when operation == Operation.KeyExchange => "The signed token was too old: check this machine's clock.",
        (_, 401) when operation == Operation.SignIn =>
            "Check login and password; accounts made with Google or Apple have no password: use the browser sign-in.",
        (_, 401) when !operation.NeedsToken =>
            "No token is needed for that: check the configured address, and that nothing in between, such as a captive portal, answers for it.",
        (_, 401) => "The token is not, or no longer, valid: sign in again.",
        (_, 498) => "The token has expired: get a new one.",
        (_, 403) when operation == Operation.TransientToken => "Ask with a token of an account that has access to this server; a transient one makes no other.",
        (_, 403) when operation.OnMediaServer => "The token is valid but not enough: ask with one of the server's owner.",
        (_, 403) => "This account may not do that.",
        (_, 404) when operation.OnMediaServer => "Check PlexClientOptions.ServerUrl.",
        (_, 404) => "Check PlexClientOptions.AccountUrl; the default is https://plex.tv/api/v2.",
        (_, 429) => Wait(retryAfter),
        (_, >= 500) => retryAfter is null ? "Keep the token and try again later." : Wait(retryAfter),
        (_, >= 300 and < 400) => "It redirected elsewhere, which is never followed because the token would go along: check the configured address.",
        _ => "Check the configured address and the arguments.",
    };

    private static string Wait(TimeSpan? retryAfter) => retryAfter is { } wait
        ? string.Create(CultureInfo.InvariantCulture, $"Wait {Math.Ceiling(wait.TotalSeconds)} s before the next attempt.")
        : "Wait a while before the next attempt.";
}
