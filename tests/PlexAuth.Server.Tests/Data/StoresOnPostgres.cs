using PlexAuth.Server.Tests.Accounts;
using PlexAuth.Server.Tests.Administration;
using PlexAuth.Server.Tests.Audit;
using PlexAuth.Server.Tests.DeviceKeys;
using PlexAuth.Server.Tests.Devices;
using PlexAuth.Server.Tests.Home;
using PlexAuth.Server.Tests.Http;
using PlexAuth.Server.Tests.MediaServer;
using PlexAuth.Server.Tests.MediaServer.Alone;
using PlexAuth.Server.Tests.MediaServer.Delegation;
using PlexAuth.Server.Tests.Pages;
using PlexAuth.Server.Tests.Personas;
using PlexAuth.Server.Tests.Pins;
using PlexAuth.Server.Tests.Resources;
using PlexAuth.Server.Tests.SecondFactors;
using PlexAuth.Server.Tests.Sharing;
using PlexAuth.Server.Tests.Tokens;

namespace PlexAuth.Server.Tests.Data;

// Every test of a rule or a store, once more on PostgreSQL.
#pragma warning disable MA0048 // A list of one-line classes.
[OnPostgres] public sealed class AccountCreationOnPostgresTests : AccountCreationTests;

[OnPostgres] public sealed class AccountPageOnPostgresTests : AccountPageTests;

[OnPostgres] public sealed class AdministrationOnPostgresTests : AdministrationTests;

[OnPostgres] public sealed class AloneOnPostgresTests : AloneTests;

[OnPostgres] public sealed class AloneClaimOnPostgresTests : MediaServer.Alone.ClaimTests;

[OnPostgres] public sealed class AloneTransientOnPostgresTests : TransientTests;

[OnPostgres] public sealed class BadInputOnPostgresTests(HostedServer server) : BadInputTests(server);

[OnPostgres] public sealed class ClaimOnPostgresTests : Claiming.ClaimTests;

[OnPostgres] public sealed class DeviceKeyRuleOnPostgresTests : DeviceKeyRuleTests;

[OnPostgres] public sealed class DeviceKeyWireOnPostgresTests : DeviceKeyWireTests;

[OnPostgres] public sealed class DeviceOnPostgresTests : DeviceTests;

[OnPostgres] public sealed class DeviceRemovalOnPostgresTests : DeviceRemovalTests;

[OnPostgres] public sealed class FourOperationsOnPostgresTests(HostedServer server) : FourOperationsTests(server);

[OnPostgres] public sealed class HostileTextOnPostgresTests : HostileTextTests;

[OnPostgres] public sealed class HomeOnPostgresTests : HomeTests;

[OnPostgres] public sealed class HomePageOnPostgresTests : HomePageTests;

[OnPostgres] public sealed class IssuerKeyOnPostgresTests : IssuerKeyTests;

[OnPostgres] public sealed class LegacyAccountOnPostgresTests(HostedServer server) : LegacyAccountTests(server);

[OnPostgres] public sealed class MachineIdentifierOnPostgresTests : MachineIdentifierTests;

[OnPostgres] public sealed class NoticeOnPostgresTests : NoticeTests;

[OnPostgres] public sealed class OperationOnPostgresTests : OperationTests;

[OnPostgres] public sealed class OwnAccountOnPostgresTests : OwnAccountTests;

[OnPostgres] public sealed class PasswordOnPostgresTests : PasswordTests;

[OnPostgres] public sealed class PersonaOnPostgresTests : PersonaTests;

[OnPostgres] public sealed class PinClientOnPostgresTests : PinClientTests;

[OnPostgres] public sealed class PinConsentOnPostgresTests : PinConsentTests;

[OnPostgres] public sealed class PinGuardOnPostgresTests : PinGuardTests;

[OnPostgres] public sealed class PinRaceOnPostgresTests : PinRaceTests;

[OnPostgres] public sealed class PinRuleOnPostgresTests : PinRuleTests;

[OnPostgres] public sealed class PinWireOnPostgresTests(HostedServer server) : PinWireTests(server);

[OnPostgres] public sealed class PinWithKeyOnPostgresTests : PinWithKeyTests;

[OnPostgres] public sealed class ResourceOnPostgresTests(HostedServer server) : ResourceTests(server);

[OnPostgres] public sealed class SessionOnPostgresTests : SessionTests;

[OnPostgres] public sealed class SharingOnPostgresTests : SharingTests;

[OnPostgres] public sealed class SignInCostOnPostgresTests : SignInCostTests;

[OnPostgres] public sealed class SignInOnPostgresTests : SignInTests;

[OnPostgres] public sealed class SourceDelegationOnPostgresTests : SourceDelegationTests;

[OnPostgres] public sealed class SourceOnPostgresTests : SourceTests;

[OnPostgres] public sealed class StaySignedInOnPostgresTests : StaySignedInTests;

[OnPostgres] public sealed class ThrottlingOnPostgresTests : ThrottlingTests;

[OnPostgres] public sealed class TokenLifeOnPostgresTests : TokenLifeTests;

[OnPostgres] public sealed class TransientTokenOnPostgresTests : TransientTokenTests;

[OnPostgres] public sealed class TwoFactorOnPostgresTests : TwoFactorTests;
