// The page of all topics: what a click on one of them, or on what joins two, shows.

function beginOverview() {
  const { topics, notes, joints, drawn } = data;
  const joined = topics.map(() => []);
  for (const joint of joints) {
    joined[joint.a].push(joint);
    joined[joint.b].push(joint);
  }
  const map = createMap(document.getElementById("graph"), drawn, {
    node: open, area: open, edge: showJoint, nothing: showAll,
  });

  function open(number) {
    if (topics[number].page) location.href = topics[number].page;
    else choose(number);
  }

  function choose(number) {
    map.choose(number);
    showTopic(number);
  }

  /** What was found: a topic, or behind these a note of one. */
  function chooseFound(number) {
    if (number < topics.length) { choose(number); return; }
    const [title, topic, id] = notes[number - topics.length];
    if (topics[topic].page) location.href = `${topics[topic].page}#note=${encodeURIComponent(id)}`;
    map.choose(topic);
    showTopic(topic, title);
  }

  function back() {
    return button("← All topics", "back", () => { map.choose(null); showAll(); });
  }

  function facts(topic) {
    return `${counted(topic.size, "note", "notes")} · ${grouped(topic.inside)} links inside, ${grouped(topic.outside)} out of it`;
  }

  function showTopic(number, note) {
    const topic = topics[number];
    const parts = [back(), written("h2", topic.name), make("p", facts(topic), "where")];
    if (note) parts.push(written("p", `${note} is one of its notes.`));
    parts.push(make("h3", "In the middle"), listOf("ul", topic.central.map((title) => written("li", title))));
    if (topic.parts.length) parts.push(make("h3", "Parts"), listOf("ul", topic.parts.map((part) => partItem(topic, part))));
    if (joined[number].length) parts.push(make("h3", "Joined with"), listOf("ul", joined[number].map((joint) => joinedItem(number, joint))));
    fill(parts, [`topic${number}`]);
  }

  function partItem(topic, part) {
    const item = make("li");
    const name = topic.page ? make("a", part.name) : make("bdi", part.name);
    if (topic.page) name.href = `${topic.page}#part=${part.id}`;
    item.append(name, make("small", ` ${grouped(part.size)}`));
    return item;
  }

  function joinedItem(number, joint) {
    const item = make("li"), other = joint.a === number ? joint.b : joint.a;
    item.append(clusterLine({ ...topics[other], page: null }, () => choose(other)));
    const through = joint.bridges.length ? `, through ${joint.bridges.map((bridge) => bridge.title).join(" · ")}` : "";
    item.append(written("p", counted(joint.pairs, "linked pair", "linked pairs") + through, "where"));
    return item;
  }

  function showJoint(id) {
    const joint = joints.find(({ a, b }) => `${a}-${b}` === id);
    const proofs = joint.bridges.flatMap((bridge) => bridge.links).map((link) => proof(link, (_, title) => written("b", title)));
    const names = [joint.a, joint.b].map((number) => clusterLine({ ...topics[number], page: null }, () => choose(number)));
    fill([back(), ...names, make("p", counted(joint.pairs, "linked pair of notes", "linked pairs of notes"), "where"), listOf("ul", proofs)], [`joint${id}`]);
  }

  function showAll() {
    const items = topics.map((topic, number) => {
      const item = make("li"), line = clusterLine(topic, () => choose(number));
      line.append(make("small", grouped(topic.size)));
      item.append(line);
      return item;
    });
    fill([make("h2", "Topics"), make("p", "Click one, or a line between two.", "where"), listOf("ul", items)]);
  }

  const names = topics.map((topic) => [topic.name, topic.id, ...topic.parts.map((part) => part.name)]);
  beginFind([...names, ...notes], chooseFound, (number) => (number < topics.length ? "" : topics[notes[number - topics.length][1]].name));
  showAll();
  window.graphkit = { network: map.network, choose, showJoint, names: map.names };
}
