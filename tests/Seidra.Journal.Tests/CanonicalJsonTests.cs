using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Seidra.Journal.Tests;

public class CanonicalJsonTests
{
    [TestCase("{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}")]
    [TestCase("{ \"a\" : [ 1 , { \"d\":0, \"c\":null } ] }", "{\"a\":[1,{\"c\":null,\"d\":0}]}")]
    [TestCase("[]", "[]")]
    [TestCase("{}", "{}")]
    [TestCase("[true,false,null]", "[true,false,null]")]
    [TestCase("[1.0,1e0,10e-1,1]", "[1,1,1,1]")]
    [TestCase("[0,-0,0.0,0e9]", "[0,0,0,0]")]
    [TestCase("[9223372036854775807]", "[9223372036854775807]")]
    [TestCase("[0.1,1e300,1e-300]", "[0.1,1E+300,1E-300]")]
    [TestCase("\"caf\\u00e9 \\/\"", "\"caf\\u00E9 /\"")]
    [TestCase("{\"a.b\":1,\"a\":{\"b\":2},\"A\":3}", "{\"A\":3,\"a\":{\"b\":2},\"a.b\":1}")]
    public void The_hash_is_that_of_the_sorted_text(string json, string canonical)
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

        Assert.That(CanonicalJson.Sha256(JsonNode.Parse(json)!), Is.EqualTo(expected));
    }

    [Test]
    public void A_value_made_in_code_hashes_like_the_same_value_read_from_disk()
    {
        var made = new JsonObject { ["count"] = 3L, ["percent"] = 85.0, ["at"] = DateTimeOffset.UnixEpoch, ["names"] = new JsonArray("é", null), ["money"] = 1.50m };

        Assert.That(CanonicalJson.Sha256(made), Is.EqualTo(CanonicalJson.Sha256(JsonNode.Parse(made.ToJsonString())!)));
    }

    [Test]
    public void Any_order_of_keys_gives_one_hash_and_any_other_value_another([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var pairs = Enumerable.Range(0, 12).Select(i => KeyValuePair.Create("k" + random.Next(1000) + i, (JsonNode?)JsonValue.Create(random.Next()))).ToArray();
        var hash = CanonicalJson.Sha256(new JsonObject(pairs.Select(Copy)));
        random.Shuffle(pairs);
        var shuffled = new JsonObject(pairs.Select(Copy));
        Assert.That(CanonicalJson.Sha256(shuffled), Is.EqualTo(hash));

        shuffled[pairs[0].Key] = -1;
        Assert.That(CanonicalJson.Sha256(shuffled), Is.Not.EqualTo(hash));
    }

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> pair) => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone());
}
