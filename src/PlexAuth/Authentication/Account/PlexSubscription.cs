using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>An account's Plex Pass, or the lack of one.</summary>
public sealed record PlexSubscription : IReadable<PlexSubscription>
{
    /// <summary>Describes no subscription.</summary>
    public PlexSubscription()
    {
    }

    private PlexSubscription(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "active": Active = json.Bool() ?? false; break;
                case "status": Status = new(json.TextOrNull()); break;
                case "plan": Plan = json.TextOrNull(); break;
                case "paymentService": PaymentService = json.TextOrNull(); break;
                case "subscribedAt": SubscribedAt = json.Date(); break;
                case "features": Features = json.Texts("feature"); break;
            }
        }
    }

    /// <summary>Whether Plex Pass features are available; decide by this, not by <see cref="Status"/>.</summary>
    public bool Active { get; init; }

    /// <summary>The state in Plex's words.</summary>
    public PlexSubscriptionStatus Status { get; init; }

    /// <summary>Such as <c>lifetime</c>, <c>monthly</c>.</summary>
    public string? Plan { get; init; }

    /// <summary>Who takes the payments.</summary>
    public string? PaymentService { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? SubscribedAt { get; init; }

    /// <summary>Ids of the features, some sixty with a Plex Pass.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    static PlexSubscription IReadable<PlexSubscription>.Read(ref LenientReader json) => new(ref json);
}
