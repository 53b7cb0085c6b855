namespace PlexAuth.Server.Tests;

/// <summary>Names a requirement or abuse case that a test holds, for the trace in docs/security-trace.md.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirementAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
