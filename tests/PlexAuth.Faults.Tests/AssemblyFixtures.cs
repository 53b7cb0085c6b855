using PlexAuth.Faults.Tests;

// Figures of a server under faults mean nothing while the next test loads the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(PostgresLifetime))]
