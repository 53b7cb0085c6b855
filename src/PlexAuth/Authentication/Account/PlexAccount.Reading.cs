using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PlexAuth.Internal.Json;

namespace PlexAuth;

public sealed partial record PlexAccount
{
    /// <summary>Makes an account by hand, as tests of calling code do.</summary>
    public PlexAccount()
    {
    }

    [SuppressMessage("Design", "MA0051", Justification = "A table: one line for each documented member.")]
    internal PlexAccount(ref LenientReader json)
    {
        Dictionary<string, JsonElement>? unknown = null;
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "id": Id = json.Int64() ?? Id; break;
                case "uuid": Uuid = json.Text() ?? Uuid; break;
                case "username": Username = json.Text() ?? Username; break;
                case "title": Title = json.Text() ?? Title; break;
                case "email": Email = json.Text() ?? Email; break;
                case "friendlyName": FriendlyName = json.Text() ?? FriendlyName; break;
                case "authToken" or "authenticationToken": AuthToken = json.Token() ?? AuthToken; break;
                case "hasPassword": HasPassword = json.Bool() ?? HasPassword; break;
                case "joinedAt": JoinedAt = json.Date(); break;
                case "twoFactorEnabled": TwoFactorEnabled = json.Bool() ?? false; break;
                case "backupCodesCreated": BackupCodesCreated = json.Bool() ?? false; break;
                case "confirmed": Confirmed = json.Bool() ?? false; break;
                case "emailOnlyAuth": EmailOnlyAuth = json.Bool() ?? false; break;
                case "country": Country = json.TextOrNull(); break;
                case "locale": Locale = json.TextOrNull(); break;
                case "thumb": Thumb = json.Uri(); break;
                case "guest": Guest = json.Bool() ?? false; break;
                case "home": Home = json.Bool() ?? false; break;
                case "homeAdmin": HomeAdmin = json.Bool() ?? false; break;
                case "homeSize": HomeSize = json.Int32() ?? 0; break;
                case "maxHomeSize": MaxHomeSize = json.Int32() ?? 0; break;
                case "restricted": Restricted = json.Bool() ?? false; break;
                case "protected": Protected = json.Bool() ?? false; break;
                case "pin": Pin = json.Secret(); break;
                case "rememberExpiresAt": RememberExpiresAt = json.Date(); break;
                case "anonymous": Anonymous = json.Bool(); break;
                case "adsConsent": AdsConsent = json.Bool(); break;
                case "adsConsentSetAt": AdsConsentSetAt = json.Date(); break;
                case "adsConsentReminderAt": AdsConsentReminderAt = json.Date(); break;
                case "attributionPartner": AttributionPartner = json.TextOrNull(); break;
                case "experimentalFeatures": ExperimentalFeatures = json.Bool() ?? false; break;
                case "mailingListActive": MailingListActive = json.Bool() ?? false; break;
                case "mailingListStatus": MailingListStatus = new(json.TextOrNull()); break;
                case "scrobbleTypes": ScrobbleTypes = json.Text() ?? ""; break;
                case "entitlements": Entitlements = json.Texts("entitlement"); break;
                case "roles": Roles = json.Texts("role"); break;
                case "profile": Profile = json.One<PlexAccountProfile>(); break;
                case "subscription": Subscription = json.One<PlexSubscription>(); break;
                case "subscriptionDescription": SubscriptionDescription = json.TextOrNull(); break;
                case "subscriptions": Subscriptions = json.List<PlexPastSubscription>("subscription"); break;
                case "pastSubscriptions": PastSubscriptions = json.List<PlexPastSubscription>("subscription"); break;
                case "trials": Trials = json.Elements(); break;
                case "services": Services = json.List<PlexService>("service"); break;
                default: json.Keep(ref unknown); break;
            }
        }

        AdditionalProperties = unknown is null ? NoProperties : unknown.AsReadOnly();
    }

    /// <summary>Null if the answer describes no account at all, as that of a captive portal, or breaks off before the token.</summary>
    internal static PlexAccount? Read(ref LenientReader json)
    {
        json.Unwrap("user");
        var account = new PlexAccount(ref json);
        var isEmpty = account is { Id: 0, Uuid: "" } || json.IsDamaged;
        return isEmpty && account.AuthToken == default ? null : account;
    }

    /// <summary>A sign-in without a token is none.</summary>
    internal static PlexAccount? ReadSignIn(ref LenientReader json) =>
        Read(ref json) is { } account && account.AuthToken != default ? account : null;
}
