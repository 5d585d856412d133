// Checks a log that Bartizan wrote, and writes one for Bartizan to check, with Go's own transparency log packages.
//
//	main check <folder>   exits with an error unless every statement in the folder holds
//	main write <folder>   writes a log with keys, tree and proofs of its own
//
// It stands on golang.org/x/mod/sumdb and the standard library alone, and shares no code with what it checks.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const cosignatureV1 = 0x04

// Statements is what both sides write beside checkpoint, tiles, entry bundles and the proof bundle.
type Statements struct {
	Origin      string        `json:"origin"`
	Size        int64         `json:"size"`
	Root        []byte        `json:"root"`
	LogKey      string        `json:"logKey"`
	Witnesses   []WitnessKey  `json:"witnesses"`
	Inclusion   []Inclusion   `json:"inclusion"`
	Consistency []Consistency `json:"consistency"`
	// Bundle is the index of the entry that entry.tlog-proof is about.
	Bundle int64 `json:"bundle"`
}

type WitnessKey struct {
	Name      string `json:"name"`
	PublicKey []byte `json:"publicKey"`
	Timestamp uint64 `json:"timestamp"`
}

type Inclusion struct {
	Index int64    `json:"index"`
	Size  int64    `json:"size"`
	Root  []byte   `json:"root"`
	Proof [][]byte `json:"proof"`
}

type Consistency struct {
	OldSize int64    `json:"oldSize"`
	NewSize int64    `json:"newSize"`
	OldRoot []byte   `json:"oldRoot"`
	NewRoot []byte   `json:"newRoot"`
	Proof   [][]byte `json:"proof"`
}

func main() {
	if len(os.Args) != 3 {
		fail("usage: main check|write <folder>")
	}
	switch os.Args[1] {
	case "check":
		check(os.Args[2])
	case "write":
		write(os.Args[2])
	default:
		fail("unknown command %q", os.Args[1])
	}
}

func fail(format string, args ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

func must(err error, what string) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

// memory holds every hash of a tree in Go's own storage order.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(m)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes[i] = m[index]
	}
	return hashes, nil
}

func treeOf(entries [][]byte) memory {
	var tree memory
	for i, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, tree)
		must(err, "stored hashes")
		tree = append(tree, hashes...)
	}
	return tree
}

func rootOf(tree memory, size int64) tlog.Hash {
	if size == 0 {
		return tlog.Hash(sha256.Sum256(nil))
	}
	root, err := tlog.TreeHash(size, tree)
	must(err, "tree hash")
	return root
}

func hashOf(raw []byte) tlog.Hash {
	if len(raw) != tlog.HashSize {
		fail("a hash of %d bytes", len(raw))
	}
	var hash tlog.Hash
	copy(hash[:], raw)
	return hash
}

func hashesOf(raw [][]byte) []tlog.Hash {
	hashes := []tlog.Hash{}
	for _, one := range raw {
		hashes = append(hashes, hashOf(one))
	}
	return hashes
}

func rawOf(hashes []tlog.Hash) [][]byte {
	raw := [][]byte{}
	for _, hash := range hashes {
		raw = append(raw, append([]byte{}, hash[:]...))
	}
	return raw
}

// path is a tile's path in C2SP's form, which has no element for the height.
func path(tile tlog.Tile) string {
	return "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
}

// lastTiles are the tiles of a tree in their final width.
func lastTiles(size int64) []tlog.Tile {
	widest := map[string]tlog.Tile{}
	for _, tile := range tlog.NewTiles(8, 0, size) {
		key := fmt.Sprintf("%d/%d", tile.L, tile.N)
		if tile.W > widest[key].W {
			widest[key] = tile
		}
	}
	tiles := []tlog.Tile{}
	for _, tile := range widest {
		tiles = append(tiles, tile)
	}
	return tiles
}

func entriesPath(tile tlog.Tile) string {
	return strings.Replace(path(tile), "tile/0/", "tile/entries/", 1)
}

// cosigner verifies cosignature/v1, which Go's packages do not know.
type cosigner struct {
	name      string
	key       ed25519.PublicKey
	timestamp uint64
}

func keyHash(name string, kind byte, key []byte) uint32 {
	hash := sha256.Sum256(append(append([]byte(name+"\n"), kind), key...))
	return binary.BigEndian.Uint32(hash[:])
}

func cosigned(timestamp uint64, text []byte) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", timestamp)), text...)
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return keyHash(c.name, cosignatureV1, c.key) }
func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	timestamp := binary.BigEndian.Uint64(signature)
	return timestamp == c.timestamp && ed25519.Verify(c.key, cosigned(timestamp, text), signature[8:])
}

// witness signs them.
type witness struct {
	cosigner
	private ed25519.PrivateKey
}

func (w *witness) Sign(text []byte) ([]byte, error) {
	signature := make([]byte, 8)
	binary.BigEndian.PutUint64(signature, w.timestamp)
	return append(signature, ed25519.Sign(w.private, cosigned(w.timestamp, text))...), nil
}

func checkpointText(origin string, size int64, root tlog.Hash) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root[:]))
}

func readFile(folder, name string) []byte {
	data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
	must(err, "read "+name)
	return data
}

func check(folder string) {
	var said Statements
	must(json.Unmarshal(readFile(folder, "statements.json"), &said), "statements")
	checkNote(said, readFile(folder, "checkpoint"))
	tree := checkTiles(said, folder)
	for _, one := range said.Inclusion {
		checkInclusion(tree, one)
	}
	for _, one := range said.Consistency {
		checkConsistency(tree, one)
	}
	checkBundle(said, tree, readFile(folder, "entry.tlog-proof"))
	fmt.Printf("checked %d entries, %d inclusion proofs, %d consistency proofs\n",
		said.Size, len(said.Inclusion), len(said.Consistency))
}

func checkNote(said Statements, message []byte) {
	log, err := note.NewVerifier(said.LogKey)
	must(err, "log key")
	known := []note.Verifier{log}
	for _, one := range said.Witnesses {
		known = append(known, &cosigner{one.Name, one.PublicKey, one.Timestamp})
	}
	opened, err := note.Open(message, note.VerifierList(known...))
	must(err, "open checkpoint")
	if len(opened.Sigs) != len(known) || len(opened.UnverifiedSigs) != 0 {
		fail("checkpoint has %d good and %d other signatures", len(opened.Sigs), len(opened.UnverifiedSigs))
	}
	if opened.Text != checkpointText(said.Origin, said.Size, hashOf(said.Root)) {
		fail("checkpoint says %q", opened.Text)
	}
}

// checkTiles builds the tree from the entry bundles and compares every tile with it, byte for byte.
func checkTiles(said Statements, folder string) memory {
	entries := [][]byte{}
	tiles := lastTiles(said.Size)
	for n := int64(0); n*256 < said.Size; n++ {
		width := said.Size - n*256
		if width > 256 {
			width = 256
		}
		bundle := readFile(folder, entriesPath(tlog.Tile{H: 8, L: 0, N: n, W: int(width)}))
		for i := int64(0); i < width; i++ {
			length := int(binary.BigEndian.Uint16(bundle))
			entries = append(entries, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
		if len(bundle) != 0 {
			fail("bundle %d has %d bytes too many", n, len(bundle))
		}
	}
	tree := treeOf(entries)
	if rootOf(tree, said.Size) != hashOf(said.Root) {
		fail("the entries have another root")
	}
	for _, tile := range tiles {
		want, err := tlog.ReadTileData(tile, tree)
		must(err, "tile data")
		if !bytes.Equal(want, readFile(folder, path(tile))) {
			fail("%s differs", path(tile))
		}
	}
	return tree
}

func checkInclusion(tree memory, one Inclusion) {
	leaf, err := tree.ReadHashes([]int64{tlog.StoredHashIndex(0, one.Index)})
	must(err, "leaf")
	if rootOf(tree, one.Size) != hashOf(one.Root) {
		fail("size %d has another root", one.Size)
	}
	err = tlog.CheckRecord(hashesOf(one.Proof), one.Size, hashOf(one.Root), one.Index, leaf[0])
	must(err, fmt.Sprintf("inclusion of %d in %d", one.Index, one.Size))
}

func checkConsistency(tree memory, one Consistency) {
	if rootOf(tree, one.OldSize) != hashOf(one.OldRoot) || rootOf(tree, one.NewSize) != hashOf(one.NewRoot) {
		fail("sizes %d and %d have other roots", one.OldSize, one.NewSize)
	}
	err := tlog.CheckTree(hashesOf(one.Proof), one.NewSize, hashOf(one.NewRoot), one.OldSize, hashOf(one.OldRoot))
	must(err, fmt.Sprintf("consistency of %d with %d", one.OldSize, one.NewSize))
}

func checkBundle(said Statements, tree memory, bundle []byte) {
	parts := bytes.SplitN(bundle, []byte("\n\n"), 2)
	lines := strings.Split(string(parts[0]), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != fmt.Sprintf("index %d", said.Bundle) {
		fail("bundle starts with %q, %q", lines[0], lines[1])
	}
	proof := [][]byte{}
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		must(err, "bundle")
		proof = append(proof, hash)
	}
	checkNote(said, parts[1])
	checkInclusion(tree, Inclusion{said.Bundle, said.Size, said.Root, proof})
}

func writeFile(folder, name string, data []byte) {
	whole := filepath.Join(folder, filepath.FromSlash(name))
	must(os.MkdirAll(filepath.Dir(whole), 0o755), "folder")
	must(os.WriteFile(whole, data, 0o644), "write "+name)
}

func write(folder string) {
	const size = 66_000
	entries := [][]byte{}
	for i := 0; i < size; i++ {
		entries = append(entries, []byte(strings.Repeat(fmt.Sprintf("%d.", i), i%5)))
	}
	tree := treeOf(entries)
	root := rootOf(tree, size)
	said := Statements{Origin: "go.example/log", Size: size, Root: root[:], Bundle: 4_321}
	checkpoint := sign(&said, checkpointText(said.Origin, size, root))
	writeFile(folder, "checkpoint", checkpoint)
	writeTiles(folder, tree, entries)
	for n := int64(1); n <= 40; n++ {
		for i := int64(0); i < n; i++ {
			addProofs(&said, tree, i, n)
		}
	}
	for i := int64(1); i <= 100; i++ {
		addProofs(&said, tree, i*7_919%60_000+1, 60_001+i*59)
	}
	proof, err := tlog.ProveRecord(size, said.Bundle, tree)
	must(err, "bundle")
	var bundle bytes.Buffer
	fmt.Fprintf(&bundle, "c2sp.org/tlog-proof@v1\nindex %d\n", said.Bundle)
	for _, hash := range proof {
		fmt.Fprintf(&bundle, "%s\n", base64.StdEncoding.EncodeToString(hash[:]))
	}
	fmt.Fprintf(&bundle, "\n%s", checkpoint)
	writeFile(folder, "entry.tlog-proof", bundle.Bytes())
	data, err := json.Marshal(said)
	must(err, "statements")
	writeFile(folder, "statements.json", data)
}

func sign(said *Statements, text string) []byte {
	private, public, err := note.GenerateKey(rand.Reader, said.Origin)
	must(err, "log key")
	said.LogKey = public
	log, err := note.NewSigner(private)
	must(err, "log signer")
	signers := []note.Signer{log}
	for i := uint64(1); i <= 2; i++ {
		key, private, err := ed25519.GenerateKey(rand.Reader)
		must(err, "witness key")
		name := fmt.Sprintf("witness.go.example/w%d", i)
		said.Witnesses = append(said.Witnesses, WitnessKey{name, key, 1_790_000_000 + i})
		signers = append(signers, &witness{cosigner{name, key, 1_790_000_000 + i}, private})
	}
	message, err := note.Sign(&note.Note{Text: text}, signers...)
	must(err, "sign")
	return message
}

func writeTiles(folder string, tree memory, entries [][]byte) {
	for _, tile := range lastTiles(int64(len(entries))) {
		data, err := tlog.ReadTileData(tile, tree)
		must(err, "tile data")
		writeFile(folder, path(tile), data)
		if tile.L > 0 {
			continue
		}
		var bundle []byte
		for _, entry := range entries[tile.N*256 : tile.N*256+int64(tile.W)] {
			length := make([]byte, 2)
			binary.BigEndian.PutUint16(length, uint16(len(entry)))
			bundle = append(append(bundle, length...), entry...)
		}
		writeFile(folder, entriesPath(tile), bundle)
	}
}

// addProofs states that an entry is in the tree of a size, and that this tree continues the one that ends before it.
func addProofs(said *Statements, tree memory, index, size int64) {
	root, oldRoot := rootOf(tree, size), rootOf(tree, index)
	inclusion, err := tlog.ProveRecord(size, index, tree)
	must(err, "prove record")
	said.Inclusion = append(said.Inclusion, Inclusion{index, size, root[:], rawOf(inclusion)})
	// Go proves nothing about the empty tree.
	if index == 0 {
		return
	}
	consistency, err := tlog.ProveTree(size, index, tree)
	must(err, "prove tree")
	said.Consistency = append(said.Consistency, Consistency{index, size, oldRoot[:], root[:], rawOf(consistency)})
}
