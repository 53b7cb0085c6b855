using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.Cli.Serving;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Hosting;

internal sealed class ServeCommand : ToolCommand
{
    private readonly Option<bool> _dev = Flag("--dev", "For tests: accounts with known passwords, in memory, on loopback only");
    private readonly Option<bool> _strict = Flag("--strict", "Refuse every account call without a client identifier, as plex.tv does");
    private readonly Option<bool> _verbose = Flag("--verbose", "Log what happens, not only what goes wrong");
    private readonly Option<string> _data = DataDirectory.Option();
    private readonly ProxyOptions _proxy = new();
    private readonly EmulatorOptions _emulator = new();
    private readonly MediaServerOptions _mediaServer = new();
    private readonly Option<string> _accountUrl;
    private readonly Option<string> _database = DataDirectory.DatabaseOption();

    private readonly Option<string> _urls = new("--urls")
    {
        Description = "Where to listen, several separated by semicolons; port 0 takes a free one",
        HelpName = "urls",
        DefaultValueFactory = _ => ListenAddresses.Default,
    };

    public ServeCommand(Tool tool)
        : base(
            tool,
            "serve",
            "Run the account service under /api/v2 and a media server at the root, until Ctrl+C.",
            "plexauth serve --dev",
            "plexauth serve --dev --urls http://127.0.0.1:0 --json | jq -r .accountUrl",
            "plexauth serve --dev --port 0 --seed accounts.json --ready-file ready.json",
            "plexauth accounts add --username alice --email alice@example.com && plexauth serve",
            "plexauth serve --known-proxy 127.0.0.1 --public-url https://plex.example.com",
            "plexauth serve --media-server --account-url https://plex.example.com --public-url https://cellar.example.com")
    {
        _accountUrl = tool.Options.AccountUrl;
        foreach (var option in (Option[])[_dev, _urls, _data, _database, _strict, _verbose, .. _mediaServer.All, .. _proxy.All, .. _emulator.All])
            Options.Add(option);
        Validators.Add(result =>
        {
            foreach (var kept in (Option[])[_data, _database])
            {
                if (result.GetValue(_dev) && result.GetResult(kept) is not null)
                    result.AddError($"--dev keeps nothing, so it takes no {kept.Name}. Leave out one of them.");
            }

            foreach (var other in (Option[])[_dev, _database, _strict])
            {
                if (result.GetValue(_mediaServer.Alone) && result.GetResult(other) is { Implicit: false })
                    result.AddError($"--media-server keeps no accounts, so it takes no {other.Name}. Leave out one of them.");
            }

            if (!result.GetValue(_mediaServer.Alone) && result.GetResult(_accountUrl) is { Implicit: false })
                result.AddError("--account-url means nothing to a server that has the accounts itself. Leave it out, or add --media-server.");
            if (!result.GetValue(_dev) && _emulator.Given(result) is { } option)
                result.AddError($"{option} is for tests: it goes with --dev alone.");
            if (result.GetResult(_urls) is { Implicit: false } && result.GetResult(_emulator.Port) is not null)
                result.AddError("--port stands for --urls http://127.0.0.1:PORT. Leave out one of them.");
        });
    }

    public override bool Connects => false;

    public override bool Heeds(Option connectionOption) => connectionOption == _accountUrl;

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var dev = invocation.Value(_dev);
        var addresses = ListenAddresses.Parse(invocation.Value(_emulator.Port) is { } port ? $"http://127.0.0.1:{port}" : invocation.Value(_urls)!, dev);
        using var certificate = invocation.Value(_emulator.Https) ? DevCertificate.Create(TimeProvider.System) : null;
        var seed = invocation.Value(_emulator.Seed) is { } file ? await SeedFile.ReadAsync(file, cancellationToken) : null;
        await using var attic = dev && (seed?.Personas ?? true) ? AtticServer.Listen(addresses, certificate) : null;
        var setup = new ServerSetup(addresses, invocation.Value(_verbose) ? LogLevel.Information : LogLevel.Warning, invocation.Output.ColorsError)
        {
            Certificate = certificate,
            Emulator = dev ? emulator => _emulator.Configure(emulator, invocation, seed) : null,
            Server = options => Configure(options, invocation, attic, certificate),
        };
        using var ready = invocation.Value(_emulator.ReadyFile) is { } path ? new ReadyFile(path) : null;
        await using var app = ServerHost.Build(setup);
        await ServerHost.StartAsync(app, setup.Addresses, cancellationToken);
        var accountUrl = app.Services.GetRequiredService<IOptions<PlexAuthServerOptions>>().Value.AccountUrl;
        var answer = Banner.Answer(app.Urls, dev, certificate, accountUrl) with { AtticUrl = attic?.Address };
        ready?.Write(answer);
        attic?.OpenWhenCalled(AtticSetup(setup, attic, app), invocation.Output);
        Banner.Show(invocation.Output, answer, app.Services.GetService<PlexEmulator>()?.Personas, TimeProvider.System);
        if (accountUrl is null && !await app.Services.GetRequiredService<PlexAuthAccounts>().AnyAsync(cancellationToken))
            invocation.Output.Say("There is no account yet. Make the first one, who owns this server, with: plexauth accounts add");
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static ServerSetup AtticSetup(ServerSetup main, AtticServer attic, WebApplication accounts) => main with
    {
        Http = [attic.Address.GetLeftPart(UriPartial.Authority)],
        Emulator = null,
        Time = accounts.Services.GetRequiredService<TimeProvider>(),
        Server = options =>
        {
            (options.DevPersonas, options.AccountUrl) = (true, new Uri(new Uri(accounts.Urls.First()), "/api/v2"));
            if (main.Certificate is { } certificate)
                options.TrustedRoots.Add(certificate);
        },
    };

    private void Configure(PlexAuthServerOptions options, Invocation invocation, AtticServer? attic, X509Certificate2? certificate)
    {
        options.Strict = invocation.Value(_strict);
        _proxy.Configure(options, invocation);
        options.FriendlyName = invocation.Value(_mediaServer.Name);
        if (invocation.Value(_mediaServer.Alone))
        {
            options.AccountUrl = invocation.GivenAccountUrl
                ?? throw ToolException.Usage("--media-server asks an account service about its callers: name it with --account-url or PLEX_ACCOUNT_URL.");
            DataDirectory.ConfigureMediaServer(options, invocation, _data);
        }
        else if (invocation.Value(_dev))
        {
            (options.DevPersonas, options.DevAttic) = (attic is not null, attic?.Address);
            if (certificate is not null)
                options.TrustedRoots.Add(certificate);
        }
        else
            DataDirectory.ConfigureServer(options, invocation, _data, _database);
    }
}
