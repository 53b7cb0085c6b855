[assembly: AssemblyFixture(typeof(PlexAuth.Cli.Tests.DevServer))]
