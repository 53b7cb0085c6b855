using System.Text.Json.Nodes;

namespace PlexAuth.Server;

/// <summary>Scripts what goes wrong. An operation is written as <c>GET /api/v2/user</c>; <c>*</c> stands for any method, or for the rest of a path. Thread-safe.</summary>
public sealed class PlexEmulatorFaults
{
    private readonly Lock _lock = new();
    private readonly List<Script> _scripts = [];
    private volatile bool _accountServiceDown;

    /// <summary>Every connection to the account service breaks, while the media server answers.</summary>
    /// <value>False.</value>
    public bool AccountServiceDown
    {
        get => _accountServiceDown;
        set => _accountServiceDown = value;
    }

    /// <summary>Refuses the next calls of an operation.</summary>
    /// <param name="operation">Such as <c>POST /api/v2/users/signin</c> or <c>* /api/v2/*</c>.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">The number in <c>errors[].code</c>; null takes the one that plex.tv sends with the status.</param>
    /// <param name="retryAfter">Sent as <c>Retry-After</c>.</param>
    /// <param name="times">How many calls.</param>
    public void Next(string operation, int status, int? code = null, TimeSpan? retryAfter = null, int times = 1) =>
        Next(operation, new PlexEmulatorFault { Status = status, Code = code, RetryAfter = retryAfter }, times);

    /// <summary>Changes members of the next answers, such as <c>("subscription.status", "brand-new")</c> or <c>("joinedAt", null)</c>.</summary>
    public void NextField(string operation, string path, JsonNode? value, int times = 1) =>
        Next(operation, new PlexEmulatorFault { Fields = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { [path] = value } }, times);

    /// <summary>Lets the next calls of an operation go wrong. Several scripts for one operation are played one after the other.</summary>
    public void Next(string operation, PlexEmulatorFault fault, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        var script = new Script(EmulatorOperationPattern.Parse(operation), fault) { Left = times };
        lock (_lock)
            _scripts.Add(script);
    }

    /// <summary>Forgets every script and ends an outage.</summary>
    public void Clear()
    {
        lock (_lock)
            _scripts.Clear();
        AccountServiceDown = false;
    }

    internal PlexEmulatorFault? Take(string method, string path)
    {
        lock (_lock)
        {
            if (_scripts.Find(script => script.Pattern.Matches(method, path)) is not { } script)
                return null;
            if (--script.Left == 0)
                _scripts.Remove(script);
            return script.Fault;
        }
    }

    private sealed record Script(EmulatorOperationPattern Pattern, PlexEmulatorFault Fault)
    {
        public int Left { get; set; }
    }
}
