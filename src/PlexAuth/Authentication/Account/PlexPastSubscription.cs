using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>A subscription with its billing, as a sign-in lists those of the past.</summary>
public sealed record PlexPastSubscription : IReadable<PlexPastSubscription>
{
    /// <summary>Describes no subscription.</summary>
    public PlexPastSubscription()
    {
    }

    private PlexPastSubscription(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "id": Id = json.TextOrNull(); break;
                case "mode" or "plan": Mode = json.TextOrNull() ?? Mode; break;
                case "type": Type = json.Text() ?? ""; break;
                case "state" or "status": State = json.Text() ?? State; break;
                case "transfer": Transfer = json.TextOrNull(); break;
                case "renewsAt": RenewsAt = json.Date(); break;
                case "endsAt": EndsAt = json.Date(); break;
                case "canceled": Canceled = json.Bool() ?? false; break;
                case "gracePeriod": GracePeriod = json.Bool() ?? false; break;
                case "onHold": OnHold = json.Bool() ?? false; break;
                case "canReactivate": CanReactivate = json.Bool() ?? false; break;
                case "canUpgrade": CanUpgrade = json.Bool() ?? false; break;
                case "canDowngrade": CanDowngrade = json.Bool() ?? false; break;
                case "canConvert": CanConvert = json.Bool() ?? false; break;
                case "active": Active = json.Bool() ?? false; break;
                case "features": Features = json.Texts("feature"); break;
                case "paymentService": PaymentService = json.TextOrNull(); break;
                case "subscribedAt": SubscribedAt = json.Date(); break;
                case "billing": PaymentMethodId = ReadPaymentMethod(ref json); break;
            }
        }
    }

    /// <summary>In the other documented shape: whether its features are available. False in this one, which has <see cref="State"/>.</summary>
    public bool Active { get; init; }

    /// <summary>In the other documented shape: ids of its features.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>In the other documented shape: who takes the payments.</summary>
    public string? PaymentService { get; init; }

    /// <summary>In the other documented shape: since when.</summary>
    public DateTimeOffset? SubscribedAt { get; init; }

    /// <summary>Null or empty for some.</summary>
    public string? Id { get; init; }

    /// <summary>How it was paid, such as <c>lifetime</c>; the member <c>plan</c> of the other documented shape.</summary>
    public string? Mode { get; init; }

    /// <summary><c>plexpass</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Such as <c>ended</c> or <c>active</c>; the set is open. The member <c>status</c> of the other documented shape.</summary>
    public string State { get; init; } = "";

    /// <summary>Where it was transferred to.</summary>
    public string? Transfer { get; init; }

    /// <summary>When it is paid again.</summary>
    public DateTimeOffset? RenewsAt { get; init; }

    /// <summary>When it ends or ended.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The user ended it.</summary>
    public bool Canceled { get; init; }

    /// <summary>A payment is late and it still works.</summary>
    public bool GracePeriod { get; init; }

    /// <summary>A payment is late and it does not work.</summary>
    public bool OnHold { get; init; }

    /// <summary>Can be taken up again.</summary>
    public bool CanReactivate { get; init; }

    /// <summary>Can become a larger one.</summary>
    public bool CanUpgrade { get; init; }

    /// <summary>Can become a smaller one.</summary>
    public bool CanDowngrade { get; init; }

    /// <summary>Can change its kind.</summary>
    public bool CanConvert { get; init; }

    /// <summary><c>billing.paymentMethodId</c>.</summary>
    public int? PaymentMethodId { get; init; }

    static PlexPastSubscription IReadable<PlexPastSubscription>.Read(ref LenientReader json) => new(ref json);

    private static int? ReadPaymentMethod(ref LenientReader json)
    {
        int? id = null;
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "paymentMethodId")
                id = json.Int32();
        }

        return id;
    }
}
