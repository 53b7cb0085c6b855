using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Tests.Resources;

/// <summary>An account's server with as many addresses as the test gives it, each with somebody else behind it.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string MachineIdentifier = "0123456789abcdef0123456789abcdef01234567";
    public const string Token = "canary-server-token-0001";
    public const string Zone = "fedcba9876543210fedcba9876543210.plex.direct";

    private static readonly X509Certificate2 Root = MakeRoot();
    private static readonly X509Certificate2 Certificate = Issue($"127-0-0-1.{Zone}");
    private static readonly X509Certificate2 OtherName = Issue("192-168-1-10." + Zone);
    private static readonly X509Certificate2 SelfMade = MakeRoot();

    private readonly List<RigServer> _servers = [];
    private readonly List<PlexConnection> _connections = [];

    public PlexClient Plex { get; } = new(Client.Options());

    /// <summary>Times are long enough for a busy machine: none of the tests waits for one to pass unless it says so.</summary>
    public PlexConnectPolicy Policy { get; init; } = new()
    {
        TrustedRoots = [Root],
        AttemptTimeout = TimeSpan.FromSeconds(20),
        Timeout = TimeSpan.FromSeconds(30),
        Stagger = TimeSpan.FromSeconds(1),
        Preference = TimeSpan.FromSeconds(1),
    };

    public PlexResource Resource => new()
    {
        Name = "Living Room",
        ClientIdentifier = MachineIdentifier,
        Provides = ["server"],
        AccessToken = new PlexServerToken(Token),
        Connections = _connections,
    };

    public static string PinOfCertificate => Convert.ToBase64String(SHA256.HashData(Certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    public Task<RigServer> LiveAsync(bool local = true, bool relay = false, bool xml = false) =>
        AddAsync(Certificate, context => RigServer.AsRightServerAsync(context, xml: xml), local, relay);

    public Task<RigServer> SilentAsync(bool local = true) => AddAsync(Certificate, RigServer.KeepSilentAsync, local);

    public Task<RigServer> StrangerAsync() => AddAsync(Certificate, context => RigServer.AsRightServerAsync(context, new string('9', 40)));

    public Task<RigServer> RefusingAsync() =>
        AddAsync(Certificate, context => context.Request.Path == "/identity" ? RigServer.AsRightServerAsync(context) : RigServer.RefuseAsync(context));

    public Task<RigServer> RedirectingAsync(string target) => AddAsync(Certificate, context =>
    {
        context.Response.Redirect(target);
        return Task.CompletedTask;
    });

    public Task<RigServer> AnsweringAsync(string body) => AddAsync(Certificate, context => context.Response.WriteAsync(body));

    public Task<RigServer> WithOtherNameAsync() => AddAsync(OtherName, context => RigServer.AsRightServerAsync(context));

    public Task<RigServer> SelfMadeAsync() => AddAsync(SelfMade, context => RigServer.AsRightServerAsync(context));

    public async Task<RigServer> HttpOnlyAsync(bool local = true)
    {
        var server = await AddAsync(certificate: null, context => RigServer.AsRightServerAsync(context), local);
        _connections[^1] = _connections[^1] with { Protocol = "http", Uri = new Uri($"http://127.0.0.1:{server.Port}") };
        return server;
    }

    /// <summary>Plain http where https is advertised.</summary>
    public Task<RigServer> WithoutTlsAsync() => AddAsync(certificate: null, context => RigServer.AsRightServerAsync(context));

    public void Dead()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Add($"https://127-0-0-1.{Zone}:{((IPEndPoint)listener.LocalEndpoint).Port}", local: true, relay: false);
    }

    public void Add(string uri, bool local, bool relay)
    {
        var address = new Uri(uri);
        _connections.Add(new PlexConnection { Protocol = address.Scheme, Address = "127.0.0.1", Port = address.Port, Uri = address, Local = local, Relay = relay });
    }

    public Task<PlexServerConnection> ConnectAsync(PlexConnectPolicy? policy = null) =>
        Plex.Resources.ConnectAsync(Resource, policy ?? Policy, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Plex.Dispose();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private async Task<RigServer> AddAsync(X509Certificate2? certificate, Func<HttpContext, Task> answer, bool local = true, bool relay = false)
    {
        var server = await RigServer.StartAsync(certificate, answer);
        _servers.Add(server);
        Add($"https://127-0-0-1.{Zone}:{server.Port}", local, relay);
        return server;
    }

    private static X509Certificate2 MakeRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Rig", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private static X509Certificate2 Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name.Split('.')[0]}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var issued = request.Create(Root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(20), RandomNumberGenerator.GetBytes(16));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }
}
